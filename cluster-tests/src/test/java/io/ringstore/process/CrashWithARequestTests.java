package io.ringstore.process;

import org.junit.jupiter.api.Test;

/** Case 1.2: a sync node dies with requests; they complete at another node, each exactly once. */
@OnProcesses
class CrashWithARequestTests {

    private final LocalCluster cluster;

    CrashWithARequestTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void afterItHasStampedTheToken() throws Exception {
        Trial.run(cluster, trial -> trial.crash("sync-1", "after-stamp"));
    }

    @Test
    void beforeItPassesTheToken() throws Exception {
        Trial.run(cluster, trial -> trial.crash("sync-3", "before-pass"));
    }

    @Test
    void betweenTheTokenAndItsCopy() throws Exception {
        Trial.run(cluster, trial -> trial.crash("sync-0", "between-token-and-copy"));
    }
}
