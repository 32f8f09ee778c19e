package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.api.KeyRead;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreStatus;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.client.HttpClientErrorException.NotFound;
import org.springframework.web.client.HttpServerErrorException.ServiceUnavailable;
import org.springframework.web.client.RestClientException;

/** What three replicas promise together; whatever happened, all of them end in the same state (P9). */
class ThreeReplicasTests {

    private static final int ROOM = 3_000_000;
    private static final String LARGE = "x".repeat(250_000);

    @TempDir
    private static Path disks;

    private static StoreCluster cluster;
    private static RingOfOne ring;

    @BeforeAll
    static void found() throws IOException {
        cluster = new StoreCluster(disks, "--ringstore.store.max-state=" + ROOM);
        cluster.startAll();
        ring = RingOfOne.open(cluster);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @BeforeEach
    void everyNodeRuns() {
        cluster.startAll();
        cluster.awaitPrimary();
    }

    @AfterEach
    void everyReplicaHoldsEveryAcknowledgedWriteOnce() {
        cluster.startAll();
        cluster.awaitSameStateEverywhere();
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            assertThat(cluster.logOf(i)).as("the log of store-%d", i).containsAllEntriesOf(ring.acknowledged());
        }
    }

    @Test
    void aBackupForwardsAndTheReceiptTellsTheWay() {
        int backup = cluster.anyBeside(cluster.awaitPrimary());

        OriginMessage origin =
                Objects.requireNonNull(ring.write(backup, "k", "v").origin());

        assertThat(origin.via()).isEqualTo("store-" + backup);
        assertThat(origin.primary()).isEqualTo("store-" + cluster.awaitPrimary());
    }

    @Test
    void aLinearizableReadAtABackupSeesWhatWasAcknowledgedElsewhere() {
        int primary = cluster.awaitPrimary();
        int backup = cluster.anyBeside(primary);
        for (int i = 0; i < 50; i++) {
            ring.write(primary, "counter", "value " + i);

            assertThat(read(backup, "counter")).isEqualTo("value " + i);
        }
    }

    @Test
    void whoWaitsForTheNextRevisionGetsItAtEachNodeAsSoonAsItIsThereAndNotBefore() {
        int primary = cluster.awaitPrimary();
        ring.write(primary, "awaited", "before");
        cluster.awaitSameStateEverywhere();
        long next = cluster.status(primary).orElseThrow().revision() + 1;
        List<CompletableFuture<List<RecordMessage>>> waiting = IntStream.range(0, StoreCluster.SIZE)
                .mapToObj(cluster::store)
                .map(store -> CompletableFuture.supplyAsync(() -> awaited(store, next)))
                .toList();
        assertThat(cluster.store(primary).awaitLog(next, 10, 50).records())
                .as("what comes if nothing is written")
                .isEmpty();

        ring.write(primary, "awaited", "it");

        assertThat(waiting)
                .allSatisfy(answer -> assertThat(
                                answer.orTimeout(20, TimeUnit.SECONDS).join())
                        .extracting(RecordMessage::revision)
                        .containsExactly(next));
        assertThat(cluster.store(primary).awaitLog(next - 1, 1, 0).records())
                .extracting(RecordMessage::revision)
                .containsExactly(next - 1);
    }

    private static List<RecordMessage> awaited(StoreApi store, long next) {
        List<RecordMessage> records = List.of();
        while (records.isEmpty()) {
            records = store.awaitLog(next, 10, 2_000).records();
        }
        return records;
    }

    @Test
    void aRestartOfEverythingKeepsEverything() {
        ring.writeMany(cluster.awaitPrimary(), 50, "before the restart");
        cluster.awaitSameStateEverywhere();
        StoreStatus before = cluster.status(0).orElseThrow();

        cluster.stopAll();
        cluster.startAll();

        cluster.awaitSameStateEverywhere();
        assertThat(cluster.status(0).orElseThrow().revision()).isEqualTo(before.revision());
        assertThat(before.stateHash()).hasSize(16);
        ring.writeMany(cluster.awaitPrimary(), 5, "after the restart");
    }

    @Test
    void aBackupThatWasAwayForLongIsFilledByASnapshot() {
        int primary = cluster.awaitPrimary();
        int backup = cluster.anyBeside(primary);
        cluster.stop(backup);
        ring.writeMany(primary, 1_600, "x".repeat(500));
        assertThat(cluster.metric(primary, "ringstore.store.snapshot")).isPositive();

        cluster.start(backup);

        cluster.awaitSameStateEverywhere();
        assertThat(cluster.metric(backup, "ringstore.store.snapshot.installed")).isEqualTo(1);
        cluster.stop(backup);
        cluster.start(backup);
        cluster.awaitSameStateEverywhere();
    }

    @Test
    void whatRatisMeasuresItselfIsShown() {
        int primary = cluster.awaitPrimary();
        ring.writeMany(primary, 20, "flushed");

        assertThat(cluster.metric(primary, "ringstore.raft.log.flushes")).isPositive();
        assertThat(cluster.metric(primary, "ringstore.raft.log.sync")).isBetween(1e-6, 5.0);
        assertThat(cluster.metric(primary, "ringstore.raft.elections")).isPositive();
    }

    @Test
    void thePreferredPrimaryMayGoAndGetsItsPlaceBack() {
        awaitPreferredPrimary();
        ring.writeMany(1, 20, "before");

        cluster.stop(0);
        ring.writeMany(1, 100, "without the preferred primary");

        cluster.start(0);
        Awaitility.await("store-0 leads again").atMost(StoreCluster.PATIENCE).until(() -> {
            ring.write(1, "k", "while it comes back");
            return cluster.status(0)
                    .filter(status -> status.role().equals("PRIMARY"))
                    .isPresent();
        });
    }

    @Test
    void whatThereIsNoRoomForIsRefusedByWhoeverIsPrimaryUntilSomethingIsDeleted() {
        List<String> keys = IntStream.range(0, ROOM / LARGE.length())
                .mapToObj(key -> "large-" + key)
                .toList();
        int primary = cluster.awaitPrimary();
        assertThat(keys.stream().map(key -> answer(primary, put(key, key))).toList())
                .endsWith(Status.FULL)
                .startsWith(Status.COMMITTED);
        String refused = keys.getLast();
        cluster.awaitSameStateEverywhere();

        cluster.stop(primary);
        int next = cluster.awaitPrimary();
        assertThat(answer(next, put(refused, refused))).isEqualTo(Status.FULL);
        assertThatThrownBy(() -> cluster.store(next).outcome(refused, null)).isInstanceOf(NotFound.class);
        for (String key : keys.subList(0, keys.size() - 1)) {
            assertThat(answer(next, delete("delete-" + key, key))).isEqualTo(Status.COMMITTED);
        }
        assertThat(answer(next, put(refused, refused))).isEqualTo(Status.COMMITTED);
        assertThat(answer(next, delete("delete-" + refused, refused))).isEqualTo(Status.COMMITTED);
    }

    private static Write put(String requestId, String key) {
        var value = new Value(LARGE.getBytes(StandardCharsets.US_ASCII), null);
        return new Write(requestId, null, null, null, new Operation.Put(key, value, new Precondition.Always()));
    }

    private static Write delete(String requestId, String key) {
        return new Write(requestId, null, null, null, new Operation.Delete(key, new Precondition.Always()));
    }

    /** What becomes of a write, asked for until somebody says. */
    private static Status answer(int node, Write write) {
        return Awaitility.await("an answer to " + write.requestId())
                .pollDelay(Duration.ZERO)
                .atMost(StoreCluster.PATIENCE)
                .ignoreExceptionsInstanceOf(RestClientException.class)
                .until(() -> ring.attempt(cluster.store(node), write).status(), Objects::nonNull);
    }

    @Test
    void withoutAMajorityWritesAndReadsAreRefusedForCertain() {
        awaitPreferredPrimary();
        ring.write(0, "k", "v");
        cluster.stop(1);
        cluster.stop(2);

        Awaitility.await("a primary alone gives up")
                .atMost(StoreCluster.PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> ring.attempt(cluster.store(0), "refused", "k", "no"))
                        .isInstanceOf(ServiceUnavailable.class)
                        .hasMessageContaining("not-applied"));
        assertThatThrownBy(() -> cluster.store(0).fence()).isInstanceOf(ServiceUnavailable.class);
        assertThat(cluster.store(0).read("k", "local", null, null).applied()).isPositive();
        assertThat(cluster.isReady(0)).isFalse();
        assertThat(cluster.isLive(0)).as("live: a restart would not help").isTrue();
    }

    private static void awaitPreferredPrimary() {
        Awaitility.await("store-0 leads").atMost(StoreCluster.PATIENCE).until(() -> cluster.awaitPrimary() == 0);
    }

    private static String read(int index, String key) {
        KeyRead read = cluster.store(index).read(key, "linearizable", null, null);
        RecordMessage record = Objects.requireNonNull(read.record());
        return new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
    }
}
