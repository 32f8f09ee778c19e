package io.ringstore.store.history;

import static io.ringstore.store.history.HistoryOnDisk.flipBit;
import static io.ringstore.store.history.HistoryOnDisk.texts;
import static io.ringstore.store.history.HistoryOnDisk.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a history is after its node has stopped: whole, or damaged and saying so (P5). */
class HistoryAfterAStopTests {

    private final HistoryOnDisk disk;

    HistoryAfterAStopTests(@TempDir Path directory) {
        disk = new HistoryOnDisk(directory);
    }

    @Test
    void reopenedItGoesOnWhereItEnded() throws IOException {
        HistoryPosition end = disk.written(50);

        try (History history = disk.open(end)) {
            write(history, 51, 60);

            assertThat(texts(history, 1, 1_000)).hasSize(60).endsWith("record 59", "record 60");
        }
    }

    @Test
    void whatCameAfterTheSnapshotIsCutOffAndWrittenAgainByReplay() throws IOException {
        HistoryPosition snapshot;
        try (History history = disk.open(HistoryPosition.START)) {
            write(history, 1, 30);
            snapshot = history.position();
            write(history, 31, 90);
        }

        try (History history = disk.open(snapshot)) {
            assertThat(texts(history, 1, 1_000)).hasSize(30).endsWith("record 30");
            write(history, 31, 40);
            assertThat(texts(history, 29, 1_000)).startsWith("record 29", "record 30", "record 31");
        }
    }

    @Test
    void aTornTailAfterTheSnapshotIsNoDamage() throws IOException {
        HistoryPosition snapshot = disk.written(5);
        Path last = disk.lastFile();
        Files.write(last, new byte[] {0, 0, 0, 9, 1, 2}, StandardOpenOption.APPEND);

        try (History history = disk.open(snapshot)) {
            assertThat(texts(history, 1, 10)).hasSize(5);
        }
    }

    @Test
    void aFlippedBitBeforeTheSnapshotStopsTheNodeAndNamesTheFile() throws IOException {
        HistoryPosition snapshot = disk.written(50);
        Path first = disk.files().getFirst();
        flipBit(first, Files.size(first) - 3);

        assertThatThrownBy(() -> disk.open(snapshot))
                .isInstanceOf(DamagedStorageException.class)
                .hasMessageContaining(first.toString());
    }

    @Test
    void aMissingFileStopsTheNode() throws IOException {
        HistoryPosition snapshot = disk.written(50);
        Files.delete(disk.files().get(1));

        assertThatThrownBy(() -> disk.open(snapshot)).isInstanceOf(DamagedStorageException.class);
    }

    @Test
    void aHistoryThatEndsBeforeTheSnapshotStopsTheNode() throws IOException {
        HistoryPosition snapshot = disk.written(50);
        Files.delete(disk.lastFile());

        assertThatThrownBy(() -> disk.open(snapshot))
                .isInstanceOf(DamagedStorageException.class)
                .hasMessageContaining("revision 50");
    }

    @Test
    void damageFoundByAReaderIsReportedAndNotReturned() throws IOException {
        try (History history = disk.open(HistoryPosition.START)) {
            write(history, 1, 5);
            flipBit(disk.lastFile(), Files.size(disk.lastFile()) - 1);

            assertThatThrownBy(() -> history.read(1, 10, 1_000))
                    .isInstanceOf(DamagedStorageException.class)
                    .hasMessageContaining("revision 5");
        }
    }

    @Test
    void aFileOfAnEarlierVersionStopsTheNodeAndSaysSo() throws IOException {
        HistoryPosition end = disk.written(5);
        byte[] old = Files.readAllBytes(disk.firstFile());
        old[3] = '1';
        Files.write(disk.firstFile(), old);

        assertThatThrownBy(() -> disk.open(end))
                .isInstanceOf(OtherFormatException.class)
                .hasMessageContaining(disk.firstFile().toString())
                .hasMessageContaining("RSH1")
                .hasMessageContaining("RSH2");
    }
}
