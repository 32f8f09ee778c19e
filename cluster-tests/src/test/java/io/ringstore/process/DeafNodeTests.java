package io.ringstore.process;

import org.junit.jupiter.api.Test;

/** Omission: a node sends, and hears neither calls nor answers. */
@OnProcesses
class DeafNodeTests {

    private final LocalCluster cluster;

    DeafNodeTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aDeafSyncNodeDisturbsNobody() throws Exception {
        Trial.run(cluster, trial -> trial.lose("sync-0", "deaf"));
    }

    @Test
    void aDeafBackupIsDoneWithout() throws Exception {
        Trial.run(cluster, trial -> trial.lose(cluster.backup(), "deaf"));
    }

    @Test
    void aDeafPrimaryGivesUpTheLead() throws Exception {
        Trial.run(cluster, trial -> trial.lose(cluster.primary(), "deaf"));
    }
}
