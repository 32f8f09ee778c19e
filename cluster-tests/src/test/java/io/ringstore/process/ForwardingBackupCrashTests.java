package io.ringstore.process;

import org.junit.jupiter.api.Test;

/** Case 2.2: a backup dies with a batch in its hands; the batch is written once, through another node. */
@OnProcesses
class ForwardingBackupCrashTests {

    private final LocalCluster cluster;

    ForwardingBackupCrashTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void beforeItForwards() throws Exception {
        Trial.run(cluster, trial -> trial.crash(cluster.backup(), "before-forward"));
    }

    @Test
    void beforeItAcknowledges() throws Exception {
        Trial.run(cluster, trial -> trial.crash(cluster.backup(), "backup.before-ack"));
    }
}
