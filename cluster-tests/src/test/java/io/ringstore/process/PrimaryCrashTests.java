package io.ringstore.process;

import org.junit.jupiter.api.Test;

/** Case 2.3: the primary dies before, during and after replication; nothing acknowledged is lost or doubled. */
@OnProcesses
class PrimaryCrashTests {

    private final LocalCluster cluster;

    PrimaryCrashTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void beforeItAppends() throws Exception {
        Trial.run(cluster, trial -> trial.crash(cluster.primary(), "before-append"));
    }

    @Test
    void whenOnlyItsOwnDiskHasTheEntry() throws Exception {
        Trial.run(cluster, trial -> trial.crash(cluster.primary(), "after-local-append"));
    }

    @Test
    void whenAMajorityHasItAndNobodyWasTold() throws Exception {
        Trial.run(cluster, trial -> trial.crash(cluster.primary(), "after-majority-before-reply"));
    }
}
