package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.api.StoreStatus;
import io.ringstore.api.WriteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.client.HttpServerErrorException.GatewayTimeout;
import org.springframework.web.client.RestClientException;

/** Nodes that are killed and frozen while writes go on; processes of their own, so that nobody says goodbye. */
class KilledNodesTests {

    /** The goal for one failure; frozen or killed, the primary is replaced within it. */
    private static final Duration RECOVERY = Duration.ofSeconds(4);

    @TempDir
    private static Path disks;

    private static StoreCluster cluster;
    private static RingOfOne ring;

    @BeforeAll
    static void found() throws IOException {
        cluster = new StoreCluster(disks);
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            cluster.spawn(i);
        }
        ring = RingOfOne.open(cluster);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @BeforeEach
    void thePreferredPrimaryLeads() {
        Awaitility.await("store-0 leads").atMost(StoreCluster.PATIENCE).until(() -> cluster.awaitPrimary() == 0);
        ring.writeMany(1, 50, "warm");
        ring.forgetWaits();
    }

    @AfterEach
    void everyReplicaEndsInTheSameState() {
        cluster.awaitSameStateEverywhere();
        assertThat(cluster.status(0).orElseThrow().revision())
                .isEqualTo(ring.acknowledged().size());
    }

    @Test
    void aKilledPrimaryIsReplacedAndLeadsAgainAfterItsReturn() throws Exception {
        cluster.stop(0);
        ring.writeMany(1, 100, "without it");
        System.out.println("primary killed, writes stood still for ms "
                + ring.longestWait().toMillis());
        assertThat(ring.longestWait()).isLessThan(RECOVERY);

        ring.forgetWaits();
        cluster.spawn(0);
        Awaitility.await("store-0 leads again").atMost(StoreCluster.PATIENCE).until(() -> {
            ring.write(1, "k", "while it comes back");
            return cluster.status(0).filter(KilledNodesTests::leads).isPresent();
        });
        System.out.println("primary returned, writes stood still for ms "
                + ring.longestWait().toMillis());
        assertThat(ring.longestWait()).isLessThan(RECOVERY);
    }

    @Test
    void aFrozenPrimaryIsReplacedAndFollowsWhenItThaws() throws Exception {
        cluster.process(0).freeze();
        try {
            ring.writeMany(1, 100, "while it is frozen");
        } finally {
            cluster.process(0).thaw();
        }
        System.out.println("primary frozen, writes stood still for ms "
                + ring.longestWait().toMillis());
        assertThat(ring.longestWait()).isLessThan(RECOVERY);
    }

    /** The trap of P1: a primary must go on speaking to a backup whose answers timed out. */
    @Test
    void aBackupFrozenForFiveSecondsUnderLoadCatchesUp() throws Exception {
        var frozen = Duration.ofSeconds(5);
        long end = System.nanoTime() + frozen.toNanos();
        cluster.process(2).freeze();
        try {
            while (System.nanoTime() < end) {
                ring.write(0, "k", "while a backup is frozen");
            }
        } finally {
            cluster.process(2).thaw();
        }
        assertThat(ring.longestWait()).as("a majority needs no frozen backup").isLessThan(frozen);
    }

    /** It is in the log of a primary that cannot know what becomes of it (P12). */
    @Test
    void aWriteWhoseMajorityFreezesIsOfUnknownOutcomeAndAppliedOnce() throws Exception {
        cluster.process(1).freeze();
        cluster.process(2).freeze();
        try {
            assertThatThrownBy(() -> ring.attempt(cluster.store(0), "doubtful", "k", "perhaps"))
                    .isInstanceOf(GatewayTimeout.class)
                    .hasMessageContaining("unknown");
        } finally {
            cluster.process(1).thaw();
            cluster.process(2).thaw();
        }

        WriteResult again = Awaitility.await()
                .atMost(StoreCluster.PATIENCE)
                .ignoreExceptionsInstanceOf(RestClientException.class)
                .until(() -> ring.attempt(cluster.store(0), "doubtful", "k", "perhaps"), Objects::nonNull);
        assertThat(again.status()).isEqualTo(WriteResult.Status.COMMITTED);
        ring.acknowledged().put("doubtful", Objects.requireNonNull(again.revision()));
    }

    private static boolean leads(StoreStatus status) {
        return status.role().equals("PRIMARY");
    }

    @Test
    void allKilledAtOnceForgetNothing() throws Exception {
        ring.writeMany(0, 100, "before the power went");
        Optional<StoreStatus> before = cluster.status(0);

        cluster.stopAll();
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            cluster.spawn(i);
        }

        cluster.awaitPrimary();
        cluster.awaitSameStateEverywhere();
        assertThat(cluster.status(0).orElseThrow().revision())
                .isEqualTo(before.orElseThrow().revision());
    }
}
