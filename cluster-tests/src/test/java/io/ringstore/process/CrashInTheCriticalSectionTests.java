package io.ringstore.process;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Case 1.3: a sync node dies in the critical section; the token is made anew and a retry gets the first result. */
@OnProcesses
class CrashInTheCriticalSectionTests {

    private final LocalCluster cluster;

    CrashInTheCriticalSectionTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void beforeTheBatchLeaves() throws Exception {
        Trial.run(cluster, trial -> trial.crash("sync-4", "cs.before-store"));
    }

    @Test
    @DisplayName("D5: applied and unanswered, a write is answered by its retry and not doubled")
    void afterTheStoreHasAnswered() throws Exception {
        Trial.run(cluster, trial -> trial.crash("sync-2", "cs.after-store"));
    }

    @Test
    void beforeAClientIsTold() throws Exception {
        Trial.run(cluster, trial -> trial.crash("sync-1", "before-client-reply"));
    }
}
