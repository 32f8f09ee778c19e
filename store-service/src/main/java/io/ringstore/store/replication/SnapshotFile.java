package io.ringstore.store.replication;

import io.ringstore.ledger.LedgerInput;
import io.ringstore.store.history.DamagedStorageException;
import io.ringstore.store.history.Disk;
import io.ringstore.store.history.OtherFormatException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** A snapshot on disk: written beside, checksummed, flushed, renamed, its directory flushed, verified on load (P7). */
record SnapshotFile(Path path, long term, long index) {

    private static final Pattern NAME = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");
    private static final int MAGIC = 0x52535332;
    private static final int FAMILY = 0xFFFFFF00;
    private static final int BUFFER = 1 << 18;

    /** Every complete snapshot in a directory, the newest first. */
    static List<SnapshotFile> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(SnapshotFile::named)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong(SnapshotFile::index).reversed())
                    .toList();
        }
    }

    /** Removes what a stop left half-written. */
    static void deleteUnfinished(Path directory) throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, "snapshot.*.tmp")) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    private static Optional<SnapshotFile> named(Path path) {
        Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
        return name.matches()
                ? Optional.of(new SnapshotFile(path, Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    static SnapshotFile write(Path directory, SnapshotImage image) throws IOException {
        String name = "snapshot.%d_%d".formatted(image.term(), image.index());
        Path unfinished = directory.resolve(name + ".tmp");
        try (var file = new FileOutputStream(unfinished.toFile())) {
            var checked = new CheckedOutputStream(file, new CRC32C());
            var out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER));
            out.writeInt(MAGIC);
            image.writeTo(out);
            out.flush();
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            file.getChannel().force(true);
        }
        Path target = directory.resolve(name);
        Disk.publish(unfinished, target);
        return new SnapshotFile(target, image.term(), image.index());
    }

    /**
     * Reads the snapshot back.
     *
     * @throws OtherFormatException if another version wrote it
     * @throws DamagedStorageException if the file is not what was written
     */
    SnapshotImage load() throws IOException {
        verify();
        refuseOtherFormat();
        try (var in = new LedgerInput(Files.newInputStream(path))) {
            int magic = in.readInt();
            SnapshotImage image = SnapshotImage.readFrom(in);
            if (magic != MAGIC || image.term() != term || image.index() != index) {
                throw new DamagedStorageException(path, "its content is not the one its name promises");
            }
            return image;
        }
    }

    private void refuseOtherFormat() throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(path))) {
            int magic = in.readInt();
            if (magic != MAGIC && (magic & FAMILY) == (MAGIC & FAMILY)) {
                throw new OtherFormatException(path, magic, MAGIC);
            }
        }
    }

    private void verify() throws IOException {
        long body = Files.size(path) - Long.BYTES;
        try (var file = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
            var checked = new CheckedInputStream(file, new CRC32C());
            checked.skipNBytes(Math.max(body, 0));
            long expected = checked.getChecksum().getValue();
            if (body < 0 || new DataInputStream(file).readLong() != expected) {
                throw new DamagedStorageException(path, "its checksum does not match");
            }
        }
    }
}
