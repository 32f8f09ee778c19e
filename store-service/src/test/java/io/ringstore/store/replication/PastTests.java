package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.Entry;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerLimits;
import io.ringstore.ledger.LogRecord;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Stamp;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the past is what was so, for every key and every revision that is kept; the rest is refused. */
class PastTests {

    private static final NodeId SYNC = new NodeId("sync-0");
    private static final NodeId STORE = new NodeId("store-0");

    /** So small that a file holds few records, and versions outlive the file they stand in. */
    private static final int SEGMENT = 2_000;

    @TempDir
    private Path directory;

    private LedgerReplica replica;

    /** What each key held at each revision, beginning with 0. */
    private final List<NavigableMap<String, Long>> states = new ArrayList<>();

    private long index;

    @BeforeEach
    void open() throws IOException {
        replica = new LedgerReplica(directory, SEGMENT, LedgerLimits.DEFAULT);
        replica.open(null);
        states.add(new TreeMap<>());
        apply(new LedgerCommand.Claim(new RingConfig(0, List.of(SYNC)), SYNC, "claim", 0, OptionalLong.empty()));
    }

    @AfterEach
    void close() throws IOException {
        replica.close();
    }

    @Test
    void everyKeptRevisionOfEveryKeyWhateverWasWrittenDeletedCompactedAndRestarted() throws IOException {
        for (long seed = 1; seed <= 6; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int step = 0; step < 400; step++) {
                switch (random.nextInt(40)) {
                    case 0 -> {
                        apply(new LedgerCommand.Compact(last() - random.nextInt(30)));
                        check(replica.read(Ledger::compacted));
                    }
                    case 1 -> restart();
                    case 2 -> replica.letHistoryGo(picture());
                    case 3 -> checkSome(random);
                    default -> write(random);
                }
            }
            checkAll();
        }
    }

    @Test
    void aListingIsOfItsRevisionWhateverIsWrittenBetweenItsPages() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100; i++) {
            write(random);
        }
        long revision = last();
        Past past = replica.past(revision);
        Map<String, Long> listed = new TreeMap<>();
        String after = null;
        do {
            Replica.Listing page = past.list("", after, 3, false, 1 << 20);
            page.items().forEach(item -> listed.put(item.key(), item.revision()));
            after = page.next();
            write(random);
            write(random);
        } while (after != null);

        assertThat(listed).isEqualTo(states.get((int) revision));
    }

    @Test
    void aPageStopsAtItsBytesButNeverBeforeItsFirstKey() throws IOException {
        put("a", 1_000);
        put("b", 1_000);
        put("c", 1_000);

        assertThat(keys(replica.past(3).list("", null, 10, true, 1))).containsExactly("a");
        assertThat(keys(replica.past(3).list("", null, 10, true, 2_500))).containsExactly("a", "b");
        assertThat(keys(replica.past(3).list("", null, 10, false, 2_500))).containsExactly("a", "b", "c");
    }

    @Test
    void aListingThroughManyDeletedKeysComesBackAndGoesOn() throws IOException {
        for (int i = 0; i < 6_000; i++) {
            String key = "key-%05d".formatted(i);
            apply(batch(
                    new Operation.Put(key, value(1), new Precondition.Always()),
                    new Operation.Delete(key, new Precondition.Always())));
        }
        put("z", 1);
        Replica.Listing first = replica.past(12_001).list("", null, 10, false, 1 << 20);

        assertThat(first.items()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(keys(replica.past(12_001).list("", first.next(), 10, false, 1 << 20)))
                .containsExactly("z");
    }

    @Test
    void whatWasLetGoIsRefusedAndSaysWhatIsThere() throws IOException {
        put("a", 1);
        put("a", 2);
        put("a", 3);
        apply(new LedgerCommand.Compact(2));

        assertThat(Objects.requireNonNull(replica.past(2).get("a")).revision()).isEqualTo(2);
        assertThatThrownBy(() -> replica.past(1))
                .isInstanceOfSatisfying(
                        CompactedException.class, e -> assertThat(e.compacted()).isEqualTo(2));
        assertThatThrownBy(() -> replica.history(2, 1, 1)).isInstanceOf(CompactedException.class);
        assertThat(replica.history(3, 1, 1)).hasSize(1);
    }

    @Test
    void aReaderWhoseRevisionIsLetGoMeanwhileGetsNothing() throws IOException {
        put("a", 1);
        put("a", 2);
        Past past = replica.past(1);
        apply(new LedgerCommand.Compact(2));

        assertThatThrownBy(() -> past.get("a")).isInstanceOf(CompactedException.class);
        assertThatThrownBy(() -> past.list("", null, 10, false, 1)).isInstanceOf(CompactedException.class);
    }

    private static List<String> keys(Replica.Listing listing) {
        return listing.items().stream().map(Replica.Item::key).toList();
    }

    private void checkAll() throws IOException {
        for (long revision = replica.read(Ledger::compacted); revision <= last(); revision++) {
            check(revision);
        }
    }

    private void checkSome(SplittableRandom random) throws IOException {
        check(random.nextLong(replica.read(Ledger::compacted), last() + 1));
    }

    private void check(long revision) throws IOException {
        Map<String, Long> expected = states.get((int) revision);
        Past past = replica.past(revision);
        for (int key = 0; key < 14; key++) {
            LogRecord found = past.get("key-" + key);
            assertThat(found == null ? null : found.revision())
                    .as("key-%d as of %d of %d", key, revision, last())
                    .isEqualTo(expected.get("key-" + key));
        }
        Map<String, Long> listed = new TreeMap<>();
        past.list("key-", null, 100, true, 1 << 20).items().forEach(item -> listed.put(item.key(), item.revision()));
        assertThat(listed).as("as of %d", revision).isEqualTo(expected);
    }

    /** Some keys are written often, some seldom. */
    private void write(SplittableRandom random) throws IOException {
        Operation[] operations = new Operation[random.nextInt(1, 5)];
        for (int i = 0; i < operations.length; i++) {
            String key = "key-" + random.nextInt(1, 14) * random.nextInt(2) * random.nextInt(2);
            operations[i] = random.nextInt(4) == 0
                    ? txn(random)
                    : random.nextInt(4) == 0
                            ? new Operation.Delete(key, new Precondition.Always())
                            : new Operation.Put(key, value(random.nextInt(200)), new Precondition.Always());
        }
        apply(batch(operations));
    }

    private static Txn txn(SplittableRandom random) {
        List<Step> steps = new ArrayList<>();
        for (int key = random.nextInt(5); key < 14; key += random.nextInt(1, 8)) {
            String name = "key-" + key;
            steps.add(random.nextInt(4) == 0 ? new Step.Delete(name) : new Step.Put(name, value(random.nextInt(200))));
        }
        return new Txn(List.of(), steps, List.of());
    }

    private void put(String key, int size) throws IOException {
        apply(batch(new Operation.Put(key, value(size), new Precondition.Always())));
    }

    private static Value value(int size) {
        return new Value("x".repeat(size).getBytes(StandardCharsets.UTF_8), null);
    }

    private LedgerCommand batch(Operation... operations) {
        List<Entry> entries = new ArrayList<>();
        for (Operation operation : operations) {
            entries.add(new Entry(1, new Write("id-" + index + "-" + entries.size(), null, null, null, operation)));
        }
        return new LedgerCommand.Batch(1, SYNC, new Fence(1, index), entries);
    }

    private void apply(LedgerCommand command) throws IOException {
        long before = last();
        replica.apply(index, new Stamp(1_000 + index, STORE, 1, STORE, Stamp.UNBOUNDED), command);
        index++;
        for (LogRecord record : before == last() ? List.<LogRecord>of() : replica.history(before + 1, 100, 1 << 20)) {
            if (record.revision() == states.size()) {
                states.add(new TreeMap<>(states.getLast()));
            }
            NavigableMap<String, Long> state = states.getLast();
            switch (record.change()) {
                case Operation.Put put -> state.put(put.key(), record.revision());
                case Operation.Delete delete -> state.remove(delete.key());
            }
        }
    }

    private SnapshotImage picture() {
        return Objects.requireNonNull(replica.picture(TermIndex.valueOf(1, index)));
    }

    private void restart() throws IOException {
        SnapshotImage image = picture();
        replica.close();
        replica = new LedgerReplica(directory, SEGMENT, LedgerLimits.DEFAULT);
        replica.open(image);
    }

    private long last() {
        return replica.read(Ledger::lastRevision);
    }
}
