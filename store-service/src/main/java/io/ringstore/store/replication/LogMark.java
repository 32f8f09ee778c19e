package io.ringstore.store.replication;

import io.ringstore.store.history.DamagedStorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The index of an entry that this node's log had on disk and that was committed, noted about once a second.
 *
 * <p>Committed entries are never taken back, so a log that does not reach it any more lost its end, which no look at the
 * log alone can show: a file that is gone, or cut between two records, looks as if it had never been written (P5).
 */
final class LogMark {

    private static final long NONE = -1;
    private static final Pattern CONTENT = Pattern.compile("(\\d+) ([0-9a-f]{8})\n");

    private final Path file;
    private long written = NONE;

    LogMark(Path data) {
        this.file = data.resolve("log-mark");
    }

    /** What was noted last on this disk, or -1. */
    long read() throws IOException {
        if (!Files.exists(file)) {
            return NONE;
        }
        Matcher content = CONTENT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!content.matches() || !checksum(content.group(1)).equals(content.group(2))) {
            throw new DamagedStorageException(file, "it does not say how far the log reached");
        }
        return Long.parseLong(content.group(1));
    }

    /** After a power cut it may be the one before: that was true, too. */
    void note(long index) throws IOException {
        if (index <= written) {
            return;
        }
        String digits = Long.toString(index);
        Path unfinished = file.resolveSibling("log-mark.tmp");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.ISO_8859_1.encode(digits + " " + checksum(digits) + "\n"));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        written = index;
    }

    private static String checksum(String digits) {
        CRC32C crc = new CRC32C();
        crc.update(StandardCharsets.ISO_8859_1.encode(digits));
        return "%08x".formatted(crc.getValue());
    }
}
