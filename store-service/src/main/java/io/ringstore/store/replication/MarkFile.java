package io.ringstore.store.replication;

import io.ringstore.store.history.DamagedStorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** A line of text on disk with a checksum; replaced as a whole. After a power cut it may be the one before. */
record MarkFile(Path file) {

    private static final Pattern CONTENT = Pattern.compile("(.+) ([0-9a-f]{8})\n");

    Optional<String> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Matcher content = CONTENT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!content.matches() || !checksum(content.group(1)).equals(content.group(2))) {
            throw new DamagedStorageException(file, "its checksum does not match");
        }
        return Optional.of(content.group(1));
    }

    void write(String line) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.ISO_8859_1.encode(line + " " + checksum(line) + "\n"));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String checksum(String line) {
        CRC32C crc = new CRC32C();
        crc.update(StandardCharsets.ISO_8859_1.encode(line));
        return "%08x".formatted(crc.getValue());
    }
}
