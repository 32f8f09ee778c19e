package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The preferred primary comes back, catches up, and ends about when it is given the lead: Ratis goes on giving it away, to
 * nobody, and takes no writes.
 */
class ShortReturnTests {

    private static final Logger LOG = LoggerFactory.getLogger(ShortReturnTests.class);
    private static final long SEED = Long.getLong("ringstore.seed", new SplittableRandom().nextLong());
    private static final int RETURNS = 5;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void thePreferredPrimaryHoldsNobodyUpWhenItEndsAsItReturns(@TempDir Path disks) throws Exception {
        LOG.info("short returns seed={}", SEED);
        try (var cluster = new StoreCluster(disks)) {
            cluster.startAll();
            RingOfOne ring = RingOfOne.open(cluster);
            for (int i = 0; i < RETURNS; i++) {
                cluster.stop(0);
                int substitute = cluster.awaitPrimary();
                ring.write(substitute, "key", "without it");
                cluster.start(0);
                Awaitility.await("it has caught up")
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> revision(cluster, 0) >= revision(cluster, substitute));
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(90)).toNanos());

                cluster.stop(0);

                ring.write(cluster.awaitPrimary(), "key", "gone again");
                cluster.start(0);
                cluster.awaitSameStateEverywhere();
            }
            assertThat(cluster.status(0).orElseThrow().revision())
                    .isEqualTo(ring.acknowledged().size());
        }
    }

    private static long revision(StoreCluster cluster, int node) {
        return cluster.status(node).map(status -> status.revision()).orElse(-1L);
    }
}
