package io.ringstore.store.history;

import static io.ringstore.store.history.HistoryOnDisk.SEGMENT;
import static io.ringstore.store.history.HistoryOnDisk.asOf;
import static io.ringstore.store.history.HistoryOnDisk.bytes;
import static io.ringstore.store.history.HistoryOnDisk.texts;
import static io.ringstore.store.history.HistoryOnDisk.write;
import static io.ringstore.store.history.HistoryOnDisk.writeKeys;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.ledger.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every accepted write is on disk once, in order, and is what was written (P7). */
class HistoryTests {

    private final HistoryOnDisk disk;

    HistoryTests(@TempDir Path directory) {
        disk = new HistoryOnDisk(directory);
    }

    @Test
    void recordsAreReadBackInOrderOverManyFiles() throws IOException {
        try (History history = disk.open(HistoryPosition.START)) {
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
        try (History history = disk.open(HistoryPosition.START)) {
            write(history, 1, 2);
            history.append(3, List.of(History.Unit.first(bytes("record 3"))));

            assertThat(texts(history, 1, 10)).containsExactly("record 1", "record 2");
        }
    }

    @Test
    void aPageStopsAtItsBytesButNeverBeforeTheFirstRecord() throws IOException {
        try (History history = disk.open(HistoryPosition.START)) {
            write(history, 1, 10);

            assertThat(history.read(1, 10, 1)).hasSize(1);
            assertThat(history.read(1, 10, 20)).hasSize(2);
            assertThat(history.read(2, 10, 1)).hasSize(1);
        }
    }

    @Test
    void aKeysVersionsAreFoundFromItsNewestOne() throws IOException {
        try (History history = disk.open(HistoryPosition.START)) {
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
        try (History history = disk.open(HistoryPosition.START)) {
            for (int revision = 1; revision <= 60; revision++) {
                history.append(revision, revision % 3 == 0 ? three(revision) : List.of(unit(revision, 0, 0)));
                history.publish();
            }
            history.force();
            end = history.position();
            requireTogether(history);
        }
        try (History history = disk.open(end)) {
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
    void howItIsCutIntoFilesDoesNotShowInItsPosition(@TempDir Path other) throws IOException {
        try (History one = disk.open(HistoryPosition.START);
                History another = History.open(other, SEGMENT * 3, HistoryPosition.START, 0)) {
            writeKeys(one, 1, 90);
            writeKeys(another, 1, 90);

            assertThat(one.files().size()).isNotEqualTo(another.files().size());
            assertThat(one.position()).isEqualTo(another.position());
        }
    }
}
