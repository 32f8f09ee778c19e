package io.ringstore.store.replication;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.Entry;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerLimits;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Stamp;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Measures one replica that holds very many keys, without Raft; docs/PERFORMANCE.md says how it is started. */
final class ManyKeys {

    private static final NodeId SYNC = new NodeId("sync-0");
    private static final NodeId STORE = new NodeId("store-0");
    private static final int PER_BATCH = 500;
    private static final int SNAPSHOTS = 5;
    private static final int REPLAYED = 50_000;
    private static final LedgerLimits LIMITS = LedgerLimits.DEFAULT;

    private final int keys;
    private final Path directory;
    private final SplittableRandom random = new SplittableRandom(7);
    private LedgerReplica replica;
    private long index;

    private ManyKeys(int keys, Path directory) throws IOException {
        this.keys = keys;
        this.directory = directory;
        this.replica = opened(null);
    }

    private LedgerReplica opened(@Nullable SnapshotImage image) throws IOException {
        var opening = new LedgerReplica(directory.resolve("history"), 64 << 20, LIMITS);
        opening.open(image);
        return opening;
    }

    static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(arguments[1]), "many-keys-");
        try {
            new ManyKeys(Integer.parseInt(arguments[0]), directory).run();
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private void run() throws Exception {
        apply(new LedgerCommand.Claim(new RingConfig(0, List.of(SYNC)), SYNC, "claim", 0, OptionalLong.empty()), 0);
        long empty = live();
        puts("put once", keys / PER_BATCH, batch -> batch(batch * PER_BATCH, PER_BATCH, false));
        System.out.printf("live heap a key: %d bytes%n", (live() - empty) / keys);
        SnapshotStore store = new SnapshotStore(List::of);
        store.init(directory);
        for (int i = 0; i < SNAPSHOTS; i++) {
            snapshot(store);
        }
        puts("put again, one by one", REPLAYED, _ -> batch(random.nextInt(keys), 1, true));
        load(store);
    }

    private interface Batches {
        LedgerCommand of(int number);
    }

    /** Each batch is decoded first, as a backup does and everybody who starts. */
    private void puts(String what, int batches, Batches of) throws IOException {
        long[] nanos = new long[batches];
        long busy = 0;
        for (int i = 0; i < batches; i++) {
            byte[] encoded = LedgerCodec.encode(of.of(i));
            long begun = System.nanoTime();
            apply(LedgerCodec.decodeCommand(encoded), index * 20);
            nanos[i] = System.nanoTime() - begun;
            busy += nanos[i];
        }
        System.out.printf("%s: %d batches, %.0f a second; %s%n", what, batches, batches * 1e9 / busy, spread(nanos));
    }

    private static String spread(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return "p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, longest %.3f ms"
                .formatted(
                        sorted[sorted.length / 2] / 1e6,
                        sorted[(int) (sorted.length * 0.99)] / 1e6,
                        sorted[(int) (sorted.length * 0.999)] / 1e6,
                        sorted[sorted.length - 1] / 1e6);
    }

    private void apply(LedgerCommand command, long millis) throws IOException {
        replica.apply(++index, new Stamp(1_000 + millis / 20, STORE, 1, STORE, Stamp.UNBOUNDED), command);
    }

    private LedgerCommand batch(int first, int size, boolean anonymous) {
        List<Entry> entries = new ArrayList<>(size);
        for (int i = first; i < first + size; i++) {
            String id = anonymous ? "again-" + index : new UUID(random.nextLong(), random.nextLong()).toString();
            Value value = new Value(new byte[100], "text/plain");
            var put = new Operation.Put("filled/%08d".formatted(i), value, new Precondition.Always());
            entries.add(new Entry(index, new Write(id, null, null, null, put)));
        }
        return new LedgerCommand.Batch(1, SYNC, new Fence(1, index), entries);
    }

    /** Writes go on meanwhile, as fast as they can. */
    private void snapshot(SnapshotStore store) throws Exception {
        TermIndex at = TermIndex.valueOf(1, index);
        long begun = System.nanoTime();
        SnapshotImage image = Objects.requireNonNull(replica.picture(at));
        long pause = System.nanoTime() - begun;
        var written = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                store.write(image);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } finally {
                written.set(true);
            }
        });
        List<Long> nanos = new ArrayList<>();
        while (!written.get()) {
            LedgerCommand command = batch(random.nextInt(keys), 1, true);
            long start = System.nanoTime();
            apply(command, index * 20);
            nanos.add(System.nanoTime() - start);
            Thread.sleep(1);
        }
        writer.join();
        System.out.printf(
                "snapshot: pause %.3f ms, written in %.1f s; writes meanwhile: %s%n",
                pause / 1e6,
                (System.nanoTime() - begun) / 1e9,
                spread(nanos.stream().mapToLong(Long::longValue).toArray()));
    }

    private void load(SnapshotStore store) throws IOException {
        replica.close();
        SnapshotFile newest = Objects.requireNonNull(store.newest());
        for (int i = 0; i < 3; i++) {
            long begun = System.nanoTime();
            SnapshotImage image = newest.load();
            long loaded = System.nanoTime();
            replica = opened(image);
            long opened = System.nanoTime();
            System.out.printf(
                    "snapshot of %d MiB loaded in %.2f s, replica opened in %.2f s%n",
                    Files.size(newest.path()) >> 20, (loaded - begun) / 1e9, (opened - loaded) / 1e9);
            replica.close();
        }
    }

    private static long live() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
