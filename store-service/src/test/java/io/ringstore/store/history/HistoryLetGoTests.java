package io.ringstore.store.history;

import static io.ringstore.store.history.HistoryOnDisk.SEGMENT;
import static io.ringstore.store.history.HistoryOnDisk.asOf;
import static io.ringstore.store.history.HistoryOnDisk.bytes;
import static io.ringstore.store.history.HistoryOnDisk.texts;
import static io.ringstore.store.history.HistoryOnDisk.write;
import static io.ringstore.store.history.HistoryOnDisk.writeKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes when the past is let go, and what stays (decision 5). */
class HistoryLetGoTests {

    private final HistoryOnDisk disk;

    HistoryLetGoTests(@TempDir Path directory) {
        disk = new HistoryOnDisk(directory);
    }

    @Test
    void aVersionOutlivesItsFileForAsLongAsItsSuccessorIsKept() throws IOException {
        try (History history = disk.open(HistoryPosition.START)) {
            write(history, 1, 40);
            history.append(41, List.of(new History.Unit(bytes("record 41"), 2, () -> bytes("record 2"))));
            history.publish();
            write(history, 42, 80);
            Path first = disk.firstFile();
            history.letGo(40);

            assertThat(first).doesNotExist();
            assertThat(asOf(history, 41, 40)).isEqualTo("record 2");
            assertThat(texts(history, 41, 3)).containsExactly("record 41", "record 42", "record 43");
        }
    }

    @Test
    void whatIsLetGoIsNotReadAndItsFilesAreGone() throws IOException {
        try (History history = disk.open(HistoryPosition.START)) {
            write(history, 1, 100);
            long before = history.bytes();

            history.letGo(70);

            assertThat(history.bytes()).isLessThan(before / 2);
            assertThat(disk.files()).isEqualTo(history.files());
            assertThat(texts(history, 71, 1)).containsExactly("record 71");
            assertThatThrownBy(() -> history.read(1, 1, 1)).isInstanceOf(LetGoException.class);
        }
    }

    @Test
    void theNewestFileStaysWhateverIsLetGo() throws IOException {
        try (History history = disk.open(HistoryPosition.START)) {
            write(history, 1, 100);

            history.letGo(1_000);

            assertThat(history.files()).hasSize(1);
            assertThat(texts(history, 100, 1)).containsExactly("record 100");
        }
    }

    @Test
    void reopenedAfterALossItGoesOnAndFindsOldVersions() throws IOException {
        HistoryPosition end;
        try (History history = disk.open(HistoryPosition.START)) {
            writeKeys(history, 1, 90);
            end = history.position();
            history.letGo(50);
        }
        try (History history = disk.open(end, 50)) {
            write(history, 91, 95);

            assertThat(texts(history, 51, 1_000)).hasSize(45);
            assertThat(asOf(history, 90, 52)).isEqualTo("record 51");
        }
    }

    @Test
    void filesThatAStopLeftThoughTheyWereLetGoAreDeleted() throws IOException {
        HistoryPosition end = disk.written(90);
        Files.delete(disk.files().get(1));

        try (History history = disk.open(end, 60)) {
            assertThat(disk.files()).isEqualTo(history.files());
            assertThat(texts(history, 61, 1_000)).hasSize(30);
        }
    }

    @Test
    void ofWhichNothingIsNeededItGoesOnWithoutAnyFileWhateverIsInThem() throws IOException {
        HistoryPosition end = disk.written(90);
        Files.write(disk.lastFile(), new byte[] {1, 2, 3});

        try (History history = disk.open(end, end.revision())) {
            assertThat(disk.files()).isEmpty();
            write(history, 91, 95);
            assertThat(texts(history, 91, 1_000)).hasSize(5).startsWith("record 91");
            assertThatThrownBy(() -> history.read(90, 1, 1)).isInstanceOf(LetGoException.class);
        }
    }

    @Test
    void aHistoryThatBeginsAfterWhatWasLetGoStopsTheNode() throws IOException {
        HistoryPosition end = disk.written(90);
        Files.delete(disk.firstFile());

        assertThatThrownBy(() -> disk.open(end)).isInstanceOf(DamagedStorageException.class);
    }

    @Test
    void theBytesThatMayGoAreThoseOfTheOldestFiles() throws IOException {
        try (History history = disk.open(HistoryPosition.START)) {
            write(history, 1, 100);
            long kept = history.bytes() / 2;

            history.letGo(history.lastBeyond(kept));

            assertThat(history.bytes()).isBetween(kept - 2 * SEGMENT, kept);
            assertThat(history.lastBeyond(kept)).isZero();
        }
    }
}
