package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.StoreStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary whose clock is unlike all others' gives the lead away, until its clock is right again (§8.5). */
class OddClockTests {

    @TempDir
    private Path disks;

    @Test
    void aPrimaryWithAnOddClockGivesTheLeadAwayAndGetsItBack() throws Exception {
        var slow = new AtomicReference<>(Duration.ZERO);
        InstantSource clock = () -> Instant.now().minus(slow.get());
        try (StoreCluster cluster = new StoreCluster(disks)) {
            cluster.start(0, clock);
            cluster.startAll();
            RingOfOne ring = RingOfOne.open(cluster);
            awaitPrimary(cluster, "store-0");
            try (var _ = new BackgroundWrites(ring, 1)) {
                slow.set(Duration.ofSeconds(60));
                Awaitility.await("another one leads")
                        .atMost(StoreCluster.PATIENCE)
                        .until(() -> !primary(cluster).equals("store-0"));
                assertThat(cluster.isReady(0)).isFalse();

                slow.set(Duration.ZERO);
                awaitPrimary(cluster, "store-0");
            }
            assertThat(cluster.isReady(0)).isTrue();
            cluster.awaitSameStateEverywhere();
            assertThat(cluster.logOf(1)).isEqualTo(ring.acknowledged());
        }
    }

    private static void awaitPrimary(StoreCluster cluster, String node) {
        Awaitility.await(node + " leads")
                .atMost(StoreCluster.PATIENCE)
                .until(() -> primary(cluster).equals(node));
    }

    private static String primary(StoreCluster cluster) {
        return cluster.status(1).map(StoreStatus::primary).orElse("");
    }
}
