package io.ringstore.process;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A process is stopped and comes back with its memory; what it believes then is out of date. */
@OnProcesses
class PausedNodeTests {

    private final LocalCluster cluster;

    PausedNodeTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aPausedHolderIsFencedOff() throws Exception {
        Trial.run(cluster, trial -> trial.pauseInTheCriticalSection("sync-3"));
    }

    @Test
    @DisplayName("D6: a store node that does not answer does not stop the ring")
    void aPausedBackupIsDoneWithout() throws Exception {
        Trial.run(cluster, trial -> trial.freeze(cluster.backup(), Duration.ofSeconds(5)));
    }

    @Test
    void aPausedPrimaryIsReplaced() throws Exception {
        Trial.run(cluster, trial -> trial.pause(cluster.primary()));
    }
}
