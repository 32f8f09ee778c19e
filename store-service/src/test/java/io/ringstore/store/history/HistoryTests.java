package io.ringstore.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.ledger.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every accepted write is on disk once, in order, and is what was written (P5, P7). */
class HistoryTests {

    /** So small that a file holds few records. */
    private static final long SEGMENT = 256;

    @TempDir
    private Path directory;

    @Test
    void recordsAreReadBackInOrderOverManyFiles() throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, 100);

            assertThat(history.files()).hasSizeGreaterThan(5);
            assertThat(texts(history, 1, 1_000))
                    .hasSize(100)
                    .startsWith("record 1")
                    .endsWith("record 100");
            assertThat(texts(history, 42, 3)).containsExactly("record 42", "record 43", "record 44");
        }
    }

    @Test
    void aReaderSeesNothingThatIsNotPublished() throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, 2);
            history.append(3, List.of(History.Unit.first(bytes("record 3"))));

            assertThat(texts(history, 1, 10)).containsExactly("record 1", "record 2");
        }
    }

    @Test
    void aPageStopsAtItsBytesButNeverBeforeTheFirstRecord() throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, 10);

            assertThat(history.read(1, 10, 1)).hasSize(1);
            assertThat(history.read(1, 10, 20)).hasSize(2);
            assertThat(history.read(2, 10, 1)).hasSize(1);
        }
    }

    @Test
    void reopenedItGoesOnWhereItEnded() throws IOException {
        HistoryPosition end = written(50);

        try (History history = open(end)) {
            write(history, 51, 60);

            assertThat(texts(history, 1, 1_000)).hasSize(60).endsWith("record 59", "record 60");
        }
    }

    @Test
    void whatCameAfterTheSnapshotIsCutOffAndWrittenAgainByReplay() throws IOException {
        HistoryPosition snapshot;
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, 30);
            snapshot = history.position();
            write(history, 31, 90);
        }

        try (History history = open(snapshot)) {
            assertThat(texts(history, 1, 1_000)).hasSize(30).endsWith("record 30");
            write(history, 31, 40);
            assertThat(texts(history, 29, 1_000)).startsWith("record 29", "record 30", "record 31");
        }
    }

    @Test
    void aTornTailAfterTheSnapshotIsNoDamage() throws IOException {
        HistoryPosition snapshot = written(5);
        Path last = lastFile();
        Files.write(last, new byte[] {0, 0, 0, 9, 1, 2}, StandardOpenOption.APPEND);

        try (History history = open(snapshot)) {
            assertThat(texts(history, 1, 10)).hasSize(5);
        }
    }

    @Test
    void aFlippedBitBeforeTheSnapshotStopsTheNodeAndNamesTheFile() throws IOException {
        HistoryPosition snapshot = written(50);
        Path first = files().getFirst();
        flipBit(first, Files.size(first) - 3);

        assertThatThrownBy(() -> open(snapshot))
                .isInstanceOf(DamagedStorageException.class)
                .hasMessageContaining(first.toString());
    }

    @Test
    void aMissingFileStopsTheNode() throws IOException {
        HistoryPosition snapshot = written(50);
        Files.delete(files().get(1));

        assertThatThrownBy(() -> open(snapshot)).isInstanceOf(DamagedStorageException.class);
    }

    @Test
    void aHistoryThatEndsBeforeTheSnapshotStopsTheNode() throws IOException {
        HistoryPosition snapshot = written(50);
        Files.delete(lastFile());

        assertThatThrownBy(() -> open(snapshot))
                .isInstanceOf(DamagedStorageException.class)
                .hasMessageContaining("revision 50");
    }

    @Test
    void damageFoundByAReaderIsReportedAndNotReturned() throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, 5);
            flipBit(lastFile(), Files.size(lastFile()) - 1);

            assertThatThrownBy(() -> history.read(1, 10, 1_000))
                    .isInstanceOf(DamagedStorageException.class)
                    .hasMessageContaining("revision 5");
        }
    }

    @Test
    void aKeysVersionsAreFoundFromItsNewestOne() throws IOException {
        try (History history = open(HistoryPosition.START)) {
            writeKeys(history, 1, 90);

            for (int asked = 1; asked < 90; asked++) {
                assertThat(asOf(history, 90, asked)).isEqualTo("record " + (asked - asked % 3));
            }
        }
    }

    /** In each of them key k is written as part k; the revisions between are alone. */
    @Test
    void theRecordsOfARevisionAreReadTogetherAndEachIsFoundAlsoAfterAReopening() throws IOException {
        HistoryPosition end;
        try (History history = open(HistoryPosition.START)) {
            for (int revision = 1; revision <= 60; revision++) {
                history.append(revision, revision % 3 == 0 ? three(revision) : List.of(unit(revision, 0, 0)));
                history.publish();
            }
            history.force();
            end = history.position();
            requireTogether(history);
        }
        try (History history = open(end)) {
            requireTogether(history);
            history.letGo(31);
            assertThat(asOf(history, new Place(60, 2), 32)).isEqualTo("record 30.2");
            assertThat(texts(history, 33, 2)).containsExactly("record 33.0", "record 33.1", "record 33.2");
        }
    }

    private static List<History.Unit> three(int revision) {
        return List.of(
                unit(revision, 0, revision - 3), unit(revision, 1, revision - 3), unit(revision, 2, revision - 3));
    }

    private static History.Unit unit(int revision, int part, int previous) {
        return new History.Unit(
                bytes("record %d.%d".formatted(revision, part)),
                previous == 0 ? 0 : new Place(previous, part).packed(),
                () -> bytes("record %d.%d".formatted(previous, part)));
    }

    private static void requireTogether(History history) throws IOException {
        assertThat(history.files()).hasSizeGreaterThan(5);
        assertThat(texts(history, 3, 1)).containsExactly("record 3.0", "record 3.1", "record 3.2");
        assertThat(texts(history, 2, 3)).hasSize(4).endsWith("record 3.2");
        assertThat(texts(history, 1, 1_000)).hasSize(100).endsWith("record 60.2");
        for (int revision = 3; revision < 60; revision++) {
            for (int part = 0; part < 3; part++) {
                assertThat(asOf(history, new Place(60, part), revision))
                        .isEqualTo("record %d.%d".formatted(revision - revision % 3, part));
            }
        }
    }

    @Test
    void aVersionOutlivesItsFileForAsLongAsItsSuccessorIsKept() throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, 40);
            history.append(41, List.of(new History.Unit(bytes("record 41"), 2, () -> bytes("record 2"))));
            history.publish();
            write(history, 42, 80);
            Path first = firstFile();
            history.letGo(40);

            assertThat(first).doesNotExist();
            assertThat(asOf(history, 41, 40)).isEqualTo("record 2");
            assertThat(texts(history, 41, 3)).containsExactly("record 41", "record 42", "record 43");
        }
    }

    @Test
    void whatIsLetGoIsNotReadAndItsFilesAreGone() throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, 100);
            long before = history.bytes();

            history.letGo(70);

            assertThat(history.bytes()).isLessThan(before / 2);
            assertThat(files()).isEqualTo(history.files());
            assertThat(texts(history, 71, 1)).containsExactly("record 71");
            assertThatThrownBy(() -> history.read(1, 1, 1)).isInstanceOf(LetGoException.class);
        }
    }

    @Test
    void theNewestFileStaysWhateverIsLetGo() throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, 100);

            history.letGo(1_000);

            assertThat(history.files()).hasSize(1);
            assertThat(texts(history, 100, 1)).containsExactly("record 100");
        }
    }

    @Test
    void reopenedAfterALossItGoesOnAndFindsOldVersions() throws IOException {
        HistoryPosition end;
        try (History history = open(HistoryPosition.START)) {
            writeKeys(history, 1, 90);
            end = history.position();
            history.letGo(50);
        }
        try (History history = History.open(directory, SEGMENT, end, 50)) {
            write(history, 91, 95);

            assertThat(texts(history, 51, 1_000)).hasSize(45);
            assertThat(asOf(history, 90, 52)).isEqualTo("record 51");
        }
    }

    @Test
    void filesThatAStopLeftThoughTheyWereLetGoAreDeleted() throws IOException {
        HistoryPosition end = written(90);
        Files.delete(files().get(1));

        try (History history = History.open(directory, SEGMENT, end, 60)) {
            assertThat(files()).isEqualTo(history.files());
            assertThat(texts(history, 61, 1_000)).hasSize(30);
        }
    }

    @Test
    void ofWhichNothingIsNeededItGoesOnWithoutAnyFileWhateverIsInThem() throws IOException {
        HistoryPosition end = written(90);
        Files.write(lastFile(), new byte[] {1, 2, 3});

        try (History history = History.open(directory, SEGMENT, end, end.revision())) {
            assertThat(files()).isEmpty();
            write(history, 91, 95);
            assertThat(texts(history, 91, 1_000)).hasSize(5).startsWith("record 91");
            assertThatThrownBy(() -> history.read(90, 1, 1)).isInstanceOf(LetGoException.class);
        }
    }

    @Test
    void aHistoryThatBeginsAfterWhatWasLetGoStopsTheNode() throws IOException {
        HistoryPosition end = written(90);
        Files.delete(firstFile());

        assertThatThrownBy(() -> open(end)).isInstanceOf(DamagedStorageException.class);
    }

    @Test
    void aFileOfAnEarlierVersionStopsTheNodeAndSaysSo() throws IOException {
        HistoryPosition end = written(5);
        byte[] old = Files.readAllBytes(firstFile());
        old[3] = '1';
        Files.write(firstFile(), old);

        assertThatThrownBy(() -> open(end))
                .isInstanceOf(OtherFormatException.class)
                .hasMessageContaining(firstFile().toString())
                .hasMessageContaining("RSH1")
                .hasMessageContaining("RSH2");
    }

    @Test
    void howItIsCutIntoFilesDoesNotShowInItsPosition(@TempDir Path other) throws IOException {
        try (History one = open(HistoryPosition.START);
                History another = History.open(other, SEGMENT * 3, HistoryPosition.START, 0)) {
            writeKeys(one, 1, 90);
            writeKeys(another, 1, 90);

            assertThat(one.files().size()).isNotEqualTo(another.files().size());
            assertThat(one.position()).isEqualTo(another.position());
        }
    }

    @Test
    void theBytesThatMayGoAreThoseOfTheOldestFiles() throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, 100);
            long kept = history.bytes() / 2;

            history.letGo(history.lastBeyond(kept));

            assertThat(history.bytes()).isBetween(kept - 2 * SEGMENT, kept);
            assertThat(history.lastBeyond(kept)).isZero();
        }
    }

    /** Each revision is of a key that every third is of. */
    private static void writeKeys(History history, int from, int to) throws IOException {
        for (int revision = from; revision <= to; revision++) {
            int previous = Math.max(0, revision - 3);
            history.append(
                    revision,
                    List.of(new History.Unit(
                            bytes("record " + revision), previous, () -> bytes("record " + previous))));
            history.publish();
        }
    }

    private static String asOf(History history, long newest, long revision) throws IOException {
        return asOf(history, new Place(newest, 0), revision);
    }

    private static String asOf(History history, Place newest, long revision) throws IOException {
        byte[] record = history.asOf(newest, revision);
        return record == null ? "record 0" : new String(record, StandardCharsets.UTF_8);
    }

    private History open(HistoryPosition wanted) throws IOException {
        return History.open(directory, SEGMENT, wanted, 0);
    }

    private HistoryPosition written(int records) throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, records);
            history.force();
            return history.position();
        }
    }

    private static void write(History history, int from, int to) throws IOException {
        for (int revision = from; revision <= to; revision++) {
            history.append(revision, List.of(History.Unit.first(bytes("record " + revision))));
            history.publish();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(History history, long from, int limit) throws IOException {
        return history.read(from, limit, 1 << 20).stream()
                .map(record -> new String(record, StandardCharsets.UTF_8))
                .toList();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private Path firstFile() throws IOException {
        return files().getFirst();
    }

    private Path lastFile() throws IOException {
        return files().getLast();
    }

    private static void flipBit(Path file, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
            channel.write(one, offset);
        }
    }
}
