package io.ringstore.store.history;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Reads a history file from its start and checks every byte up to a wanted position. */
final class SegmentScan {

    static final int MAX_RECORD = 4 << 20;
    private static final int BUFFER = 1 << 18;

    private final HistorySegment segment;
    private HistoryPosition reached;

    private SegmentScan(HistorySegment segment) {
        this.segment = segment;
        this.reached = segment.start();
    }

    /**
     * Scans until {@code wanted} or the end of the file.
     *
     * @return the position that was reached
     * @throws DamagedStorageException if something before {@code wanted} is not what was written
     */
    static HistoryPosition upTo(HistorySegment segment, HistoryPosition wanted) throws IOException {
        var scan = new SegmentScan(segment);
        Path file = segment.file();
        long size = Files.size(file);
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            byte[] header = in.readNBytes(SegmentHeader.LENGTH);
            if (!SegmentHeader.matches(ByteBuffer.wrap(header), segment.start())) {
                throw new DamagedStorageException(file, "its header does not continue the file before it");
            }
            while (scan.reached.revision() < wanted.revision() && segment.length() < size) {
                scan.frame(in);
            }
        } catch (EOFException e) {
            throw new DamagedStorageException(file, "it ends inside the record of revision " + scan.nextRevision());
        }
        return scan.reached;
    }

    private long nextRevision() {
        return reached.revision() + 1;
    }

    private void frame(DataInputStream in) throws IOException {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length < 0 || length > MAX_RECORD) {
            throw new DamagedStorageException(
                    segment.file(), "the record of revision " + nextRevision() + " has an impossible length");
        }
        byte[] record = new byte[length];
        in.readFully(record);
        if (checksum(record, 0, length) != checksum) {
            throw new DamagedStorageException(
                    segment.file(), "the checksum of revision " + nextRevision() + " does not match");
        }
        segment.know(HistorySegment.FRAME_HEADER + length);
        reached = reached.after(length, checksum);
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
