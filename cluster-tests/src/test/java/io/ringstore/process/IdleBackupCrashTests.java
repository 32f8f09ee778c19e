package io.ringstore.process;

import org.junit.jupiter.api.Test;

/** Case 2.1: a backup dies while it has nothing to do; two of three replicas go on. */
@OnProcesses
class IdleBackupCrashTests {

    private final LocalCluster cluster;

    IdleBackupCrashTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void itsPrimaryGoesOnWithTheOtherOne() throws Exception {
        Trial.runUnhurried(cluster, trial -> trial.crash(cluster.backup(), "idle"));
    }
}
