package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerLimits;
import io.ringstore.ledger.Stamp;
import io.ringstore.store.history.DamagedStorageException;
import io.ringstore.store.history.HistoryPosition;
import io.ringstore.store.history.OtherFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot is complete and what was written, or it is not used (P7). */
class SnapshotStoreTests {

    @TempDir
    private Path directory;

    private final SnapshotStore store = new SnapshotStore(List::of);

    @BeforeEach
    void open() throws IOException {
        store.init(directory);
    }

    @Test
    void whatIsLoadedIsWhatWasWritten() throws IOException {
        SnapshotImage image = image(7);

        store.write(image);

        SnapshotImage loaded = newestOnDisk().load();
        assertThat(loaded.index()).isEqualTo(7);
        assertThat(loaded.history()).isEqualTo(image.history());
        assertThat(Ledger.restore(loaded.ledger(), LedgerLimits.DEFAULT).stateHash())
                .isEqualTo(Ledger.restore(image.ledger(), LedgerLimits.DEFAULT).stateHash());
    }

    @Test
    void anyFlippedBitIsNoticed() throws IOException {
        Path file = store.write(image(7)).path();
        byte[] intact = Files.readAllBytes(file);
        for (int offset = 0; offset < intact.length; offset++) {
            byte[] hurt = intact.clone();
            hurt[offset] ^= 1;
            Files.write(file, hurt);

            assertThatThrownBy(() -> newestOnDisk().load())
                    .as("a bit of byte %d", offset)
                    .isInstanceOf(DamagedStorageException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aSnapshotThatEndsEarlyIsNoticed() throws IOException {
        Path file = store.write(image(7)).path();
        byte[] intact = Files.readAllBytes(file);
        for (int length : new int[] {0, 4, 20, intact.length - 1}) {
            Files.write(file, Arrays.copyOf(intact, length));

            assertThatThrownBy(() -> newestOnDisk().load()).isInstanceOf(DamagedStorageException.class);
        }
    }

    @Test
    void aSnapshotUnderAnotherNameIsNotTaken() throws IOException {
        Path file = store.write(image(7)).path();
        Files.move(file, directory.resolve("snapshot.1_8"));

        assertThatThrownBy(() -> newestOnDisk().load()).isInstanceOf(DamagedStorageException.class);
    }

    @Test
    void aHalfWrittenOneIsNoneAndIsClearedAway() throws IOException {
        store.write(image(7));
        Path unfinished = Files.createFile(directory.resolve("snapshot.1_9.tmp"));

        store.init(directory);

        assertThat(Objects.requireNonNull(store.newest()).index()).isEqualTo(7);
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void theTwoNewestAreKept() throws IOException {
        for (long index : new long[] {5, 10, 15, 100}) {
            store.write(image(index));
        }

        assertThat(SnapshotFile.in(directory)).extracting(SnapshotFile::index).containsExactly(100L, 15L);
    }

    @Test
    void aSnapshotIsOfferedWithTheFilesThatItNeedsAlthoughANewerOneComesInBetween() throws IOException {
        Path old = Files.createFile(directory.resolve("old.history"));
        Path young = Files.createFile(directory.resolve("young.history"));
        List<Path> history = new ArrayList<>(List.of(old, young));
        List<SnapshotStore> self = new ArrayList<>();
        var racing = new SnapshotStore(() -> {
            if (history.remove(old)) {
                writeUnchecked(self.getFirst(), image(9));
            }
            return List.copyOf(history);
        });
        self.add(racing);
        racing.init(directory);
        racing.write(image(7));

        assertThat(Objects.requireNonNull(racing.getLatestSnapshot()).getIndex())
                .isEqualTo(9);
    }

    @Test
    void oneOfAnEarlierVersionIsRefusedAndNamed() throws IOException {
        Path file = store.write(image(7)).path();
        byte[] old = Files.readAllBytes(file);
        old[3] = '1';
        var crc = new CRC32C();
        crc.update(old, 0, old.length - Long.BYTES);
        ByteBuffer.wrap(old).putLong(old.length - Long.BYTES, crc.getValue());
        Files.write(file, old);

        assertThatThrownBy(() -> newestOnDisk().load())
                .isInstanceOf(OtherFormatException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("RSS1");
    }

    private static void writeUnchecked(SnapshotStore store, SnapshotImage image) {
        try {
            store.write(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SnapshotFile newestOnDisk() throws IOException {
        return SnapshotFile.in(directory).getFirst();
    }

    private static SnapshotImage image(long index) {
        var ledger = new Ledger(LedgerLimits.DEFAULT);
        NodeId sync = new NodeId("sync-0");
        ledger.apply(
                new Stamp(1_000, new NodeId("store-0"), 1, new NodeId("store-1"), Stamp.UNBOUNDED),
                new Claim(new RingConfig(0, List.of(sync)), sync, "claim", 0, OptionalLong.empty()));
        return new SnapshotImage(1, index, new HistoryPosition(3, 42), ledger.snapshot());
    }
}
