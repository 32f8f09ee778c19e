package io.ringstore.process;

import org.junit.jupiter.api.Test;

/** Case 1.1: a sync node dies that has answered its clients; the ring skips it. */
@OnProcesses
class CrashWithoutARequestTests {

    private final LocalCluster cluster;

    CrashWithoutARequestTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void anAnsweredRequestStaysAnsweredAndTheRingGoesOn() throws Exception {
        Trial.run(cluster, trial -> trial.crash("sync-2", "after-client-reply"));
    }
}
