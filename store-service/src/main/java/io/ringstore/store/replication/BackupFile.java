package io.ringstore.store.replication;

import io.ringstore.ledger.LedgerInput;
import io.ringstore.ledger.MalformedLedgerData;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A backup as it is stored: what it is, which cluster it is of, the state as in a snapshot, and a checksum of it all.
 *
 * <p>The checksum stands at the end, so what was cut off anywhere is noticed like any other damage.
 *
 * @param takenAt when, epoch milliseconds
 */
record BackupFile(String cluster, long takenAt, SnapshotImage image) {

    private static final int MAGIC = 0x52534231;
    private static final int FAMILY = 0xFFFFFF00;
    private static final int BUFFER = 1 << 18;

    void writeTo(OutputStream target) throws IOException {
        var checked = new CheckedOutputStream(target, new CRC32C());
        var out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER));
        out.writeInt(MAGIC);
        out.writeUTF(cluster);
        out.writeLong(takenAt);
        image.writeTo(out);
        out.flush();
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    /**
     * Reads a backup, after every byte of it was checked.
     *
     * @throws UnusableBackupException if it is no backup, or of another version, or not all of one, or damaged
     */
    static BackupFile read(Path file) throws IOException {
        requireBackup(file);
        requireChecksum(file);
        try (var in = new LedgerInput(Files.newInputStream(file))) {
            in.readInt();
            var backup = new BackupFile(in.readUTF(), in.readLong(), SnapshotImage.readFrom(in));
            in.readLong();
            if (in.read() >= 0) {
                throw new UnusableBackupException(file, "it goes on after its end");
            }
            return backup;
        } catch (EOFException | MalformedLedgerData e) {
            throw new UnusableBackupException(file, "its content makes no sense (" + e.getMessage() + ")");
        }
    }

    private static void requireBackup(Path file) throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            int magic = in.readInt();
            if ((magic & FAMILY) != (MAGIC & FAMILY)) {
                throw new UnusableBackupException(file, "it is not a backup of a Ringstore cluster");
            }
            if (magic != MAGIC) {
                throw new UnusableBackupException(file, "it was written by another version of Ringstore");
            }
        } catch (EOFException e) {
            throw new UnusableBackupException(file, "it is empty, or nearly");
        }
    }

    private static void requireChecksum(Path file) throws IOException {
        long body = Files.size(file) - Long.BYTES;
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            var checked = new CheckedInputStream(in, new CRC32C());
            checked.skipNBytes(Math.max(body, 0));
            long expected = checked.getChecksum().getValue();
            if (body < Integer.BYTES || new DataInputStream(in).readLong() != expected) {
                throw new UnusableBackupException(file, "it is damaged or cut off: its checksum does not match");
            }
        }
    }
}
