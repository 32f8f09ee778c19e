package io.ringstore.container;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** More store nodes are lost than the promise allows for; what was acknowledged is still there when they return. */
@OnContainers
class StoreMajorityTests {

    private static final Duration STANDSTILL = Duration.ofSeconds(5);
    private static final String[] EVERYTHING = {
        "store-0", "store-1", "store-2", "sync-0", "sync-1", "sync-2", "sync-3", "sync-4", "client-0"
    };

    private final ComposeCluster cluster;
    private final Trial trial;

    StoreMajorityTests(ComposeCluster cluster, Trial trial) {
        this.cluster = cluster;
        this.trial = trial;
    }

    @Test
    void withoutAMajorityNothingIsAcknowledgedAndWithItEverythingGoesOn() throws Exception {
        trial.run(load -> {
            String[] majority = {trial.view.primary(), trial.view.backup()};
            cluster.kill(majority);
            load.awaitStandstill(STANDSTILL);
            cluster.start(majority);
        });
    }

    @Test
    void everythingDiesAtOnceAndComesBack() throws Exception {
        trial.run(load -> {
            cluster.kill(EVERYTHING);
            cluster.start(EVERYTHING);
        });
    }
}
