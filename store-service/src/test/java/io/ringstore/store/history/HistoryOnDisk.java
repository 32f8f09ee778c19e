package io.ringstore.store.history;

import io.ringstore.ledger.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A history of few records in many files, and what a test does to it. */
record HistoryOnDisk(Path directory) {

    /** So small that a file holds few records. */
    static final long SEGMENT = 256;

    History open(HistoryPosition wanted) throws IOException {
        return open(wanted, 0);
    }

    /** @param letGo revisions up to it are not needed any more */
    History open(HistoryPosition wanted, long letGo) throws IOException {
        return History.open(directory, SEGMENT, wanted, letGo);
    }

    HistoryPosition written(int records) throws IOException {
        try (History history = open(HistoryPosition.START)) {
            write(history, 1, records);
            history.force();
            return history.position();
        }
    }

    List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    Path firstFile() throws IOException {
        return files().getFirst();
    }

    Path lastFile() throws IOException {
        return files().getLast();
    }

    static void write(History history, int from, int to) throws IOException {
        for (int revision = from; revision <= to; revision++) {
            history.append(revision, List.of(History.Unit.first(bytes("record " + revision))));
            history.publish();
        }
    }

    /** Each revision is of a key that every third is of. */
    static void writeKeys(History history, int from, int to) throws IOException {
        for (int revision = from; revision <= to; revision++) {
            int previous = Math.max(0, revision - 3);
            history.append(
                    revision,
                    List.of(new History.Unit(
                            bytes("record " + revision), previous, () -> bytes("record " + previous))));
            history.publish();
        }
    }

    static List<String> texts(History history, long from, int limit) throws IOException {
        return history.read(from, limit, 1 << 20).stream()
                .map(record -> new String(record, StandardCharsets.UTF_8))
                .toList();
    }

    static String asOf(History history, long newest, long revision) throws IOException {
        return asOf(history, new Place(newest, 0), revision);
    }

    static String asOf(History history, Place newest, long revision) throws IOException {
        byte[] record = history.asOf(newest, revision);
        return record == null ? "record 0" : new String(record, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void flipBit(Path file, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
            channel.write(one, offset);
        }
    }
}
