package io.ringstore.process;

import org.junit.jupiter.api.Test;

/** Omission: a node hears everything, does as it is told, and nothing it sends arrives. */
@OnProcesses
class MuteNodeTests {

    private final LocalCluster cluster;

    MuteNodeTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aMuteSyncNodeIsTakenForDead() throws Exception {
        Trial.run(cluster, trial -> trial.lose("sync-3", "mute"));
    }

    @Test
    void aMuteBackupIsDoneWithout() throws Exception {
        Trial.run(cluster, trial -> trial.lose(cluster.backup(), "mute"));
    }

    @Test
    void aMutePrimaryIsReplaced() throws Exception {
        Trial.run(cluster, trial -> trial.lose(cluster.primary(), "mute"));
    }
}
