package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ringstore.api.KeyItem;
import io.ringstore.api.KeyListing;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.WriteResult;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/** The past goes by itself, the same on every replica, and the disk stays bounded. */
class CompactionTests {

    private static final long KEPT = 400;

    @TempDir
    private Path disks;

    private StoreCluster cluster;
    private RingOfOne ring;

    @BeforeEach
    void found() throws IOException {
        cluster = new StoreCluster(
                disks,
                "--ringstore.store.keep-revisions=" + KEPT,
                "--ringstore.store.compact-every=50ms",
                "--ringstore.store.snapshot-after-size=100KB");
        cluster.startAll();
        ring = RingOfOne.open(cluster);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void everyReplicaLetsGoOfTheSameAndARestoredOneToo() throws IOException {
        int primary = cluster.awaitPrimary();
        int backup = cluster.anyBeside(primary);
        ring.write(primary, "seldom", "first");
        ring.writeMany(primary, 600, "x".repeat(300));
        ring.write(primary, "seldom", "second");
        ring.write(primary, "other", "x");
        long pinned = last();
        cluster.stop(backup);
        ring.writeMany(primary, 1_400, "x".repeat(300));
        cluster.start(backup);
        assertThat(cluster.metric(primary, "ringstore.store.compacted")).isPositive();
        cluster.awaitSameStateEverywhere();
        Awaitility.await("the past is gone")
                .atMost(StoreCluster.PATIENCE)
                .until(() -> cluster.metric(primary, "ringstore.store.compacted") == last() - KEPT);
        cluster.awaitSameStateEverywhere();

        assertThat(cluster.metric(backup, "ringstore.store.snapshot.installed")).isEqualTo(1);
        assertThat(pinned).isLessThan(last() - KEPT);
        for (int node = 0; node < StoreCluster.SIZE; node++) {
            int asked = node;
            for (long gone : new long[] {1, pinned, last() - KEPT - 1}) {
                assertCompacted(() -> cluster.store(asked).read("seldom", "local", null, gone));
                assertCompacted(() -> cluster.store(asked).list("", null, 10, false, "local", null, gone));
                assertCompacted(() -> cluster.store(asked).log(gone, 10, "local"));
            }
            assertThat(cluster.store(node)
                            .log(last() - KEPT + 1, 1_000, "local")
                            .records())
                    .hasSize((int) KEPT);
        }
        for (long revision = last() - KEPT; revision <= last(); revision += 57) {
            assertThat(List.of(listing(0, revision), listing(1, revision), listing(2, revision)))
                    .as("keys as of %d", revision)
                    .containsOnly(listing(primary, revision));
        }
    }

    @Test
    void aTransactionIsAnsweredTheSameAfterWhatItReadIsGoneAndARestartOfAll() {
        int primary = cluster.awaitPrimary();
        ring.write(primary, "read", "x".repeat(1_000));
        Value value = new Value(new byte[] {1}, null);
        List<Step> steps = List.of(
                new Step.Get("read"), new Step.Put("a", value), new Step.Delete("nothing"), new Step.Put("b", value));
        Write transaction = new Write("txn", null, null, null, new Txn(List.of(), steps, List.of()));
        WriteResult first = ring.attempt(cluster.store(primary), transaction);

        assertThat(first.status()).isEqualTo(WriteResult.Status.TRANSACTED);
        assertThat(first.outcome()).hasSizeGreaterThan(1_000);
        assertThat(cluster.store(primary).log(2, 1, "linearizable").records())
                .extracting(RecordMessage::revision, RecordMessage::key)
                .containsExactly(tuple(2L, "a"), tuple(2L, "b"));
        assertThat(cluster.store(primary).read("b", "local", null, null).record())
                .returns(2L, RecordMessage::revision);

        ring.write(primary, "read", "something else");
        ring.writeMany(primary, (int) KEPT + 200, "x");
        Awaitility.await("the past is gone")
                .atMost(StoreCluster.PATIENCE)
                .until(() -> cluster.metric(primary, "ringstore.store.compacted") > 100);
        cluster.stopAll();
        cluster.startAll();
        for (int node = 0; node < StoreCluster.SIZE; node++) {
            StoreApi store = cluster.store(node);
            WriteResult again = Awaitility.await()
                    .atMost(StoreCluster.PATIENCE)
                    .ignoreExceptionsInstanceOf(RestClientException.class)
                    .until(() -> ring.attempt(store, transaction), Objects::nonNull);
            assertThat(again)
                    .usingRecursiveComparison()
                    .isEqualTo(WriteResult.transacted(
                            2, Objects.requireNonNull(first.outcome()), true, Objects.requireNonNull(first.origin())));
            assertThat(store.outcome("txn", null).outcome()).isEqualTo(first.outcome());
        }
        cluster.awaitSameStateEverywhere();
    }

    @Test
    void theDiskStaysBoundedWhileKeysAreOverwritten() throws IOException {
        int primary = cluster.awaitPrimary();
        int values = 700;
        int rounds = 6;
        int size = 500;
        List<Long> used = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ring.writeMany(primary, values, "x".repeat(size));
            used.add(bytes(cluster.disk(primary)));
        }

        long written = (long) rounds * values * size;
        assertThat(used)
                .as("bytes on disk after each round; history and replicated log were each given %d", written)
                .allSatisfy(bytes -> assertThat(bytes).isLessThan(written / 2));
    }

    @Test
    void aPageOfTheLogHasBoundedBytesAndTheNextOneGoesOn() {
        int primary = cluster.awaitPrimary();
        ring.writeMany(primary, 6, "x".repeat(250_000));

        List<RecordMessage> page =
                cluster.store(primary).log(1, 1_000, "linearizable").records();

        assertThat(page).hasSize(4);
        assertThat(cluster.store(primary)
                        .log(page.getLast().revision() + 1, 1_000, "linearizable")
                        .records())
                .hasSize(2);
    }

    private void assertCompacted(Runnable question) {
        assertThatThrownBy(question::run)
                .isInstanceOf(HttpClientErrorException.Gone.class)
                .hasMessageContaining("\"compactedRevision\":" + (last() - KEPT));
    }

    private List<String> listing(int node, long revision) {
        KeyListing listing = cluster.store(node).list("", null, 100, true, "local", null, revision);
        assertThat(listing.revision()).isEqualTo(revision);
        return listing.items().stream().map(CompactionTests::text).toList();
    }

    private static String text(KeyItem item) {
        return item.key() + "@" + item.revision() + " " + item.size();
    }

    private long last() {
        return ring.acknowledged().size();
    }

    /** Of history and closed files of the replicated log; the one that is being written takes its room in advance. */
    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile)
                    .filter(file -> file.getName().matches(".*\\.history|log_\\d+-\\d+"))
                    .mapToLong(File::length)
                    .sum();
        }
    }
}
