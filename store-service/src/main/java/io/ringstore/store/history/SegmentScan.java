package io.ringstore.store.history;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a history file from its start and checks every byte up to a wanted position. */
final class SegmentScan {

    private static final int BUFFER = 1 << 18;

    private final HistorySegment segment;
    private HistoryPosition reached;

    private SegmentScan(HistorySegment segment) {
        this.segment = segment;
        this.reached = segment.start();
    }

    /** The position that a file says it continues. */
    static HistoryPosition startOf(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return SegmentHeader.decode(file, in.readNBytes(SegmentHeader.LENGTH));
        }
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
            in.skipNBytes(SegmentHeader.LENGTH);
            while (scan.reached.revision() < wanted.revision() && segment.length() < size) {
                scan.unit(in);
            }
        } catch (EOFException e) {
            throw new DamagedStorageException(file, "it ends inside the record of revision " + scan.nextRevision());
        }
        return scan.reached;
    }

    private long nextRevision() {
        return reached.revision() + 1;
    }

    /** The records of a revision, and before each the one that it carries, if any. */
    private void unit(DataInputStream in) throws IOException {
        int length = 0;
        List<Long> previous = new ArrayList<>(1);
        Frame record;
        do {
            Frame first = frame(in);
            record = first.carried() ? frame(in) : first;
            if (record.carried()) {
                throw new DamagedStorageException(
                        segment.file(), "two carried records before revision " + nextRevision());
            }
            length += record.size() + (first.carried() ? first.size() : 0);
            previous.add(record.previous());
            reached = reached.after(record);
        } while (record.more());
        segment.know(length, previous.stream().mapToLong(Long::longValue).toArray());
    }

    private Frame frame(DataInputStream in) throws IOException {
        byte[] header = new byte[Frame.HEADER];
        in.readFully(header);
        Frame frame = Frame.at(ByteBuffer.wrap(header), 0);
        if (!frame.isPossible()) {
            throw new DamagedStorageException(
                    segment.file(), "the record of revision " + nextRevision() + " has an impossible length");
        }
        byte[] record = new byte[frame.length()];
        in.readFully(record);
        if (!frame.isOf(record)) {
            throw new DamagedStorageException(
                    segment.file(), "the checksum of revision " + nextRevision() + " does not match");
        }
        return frame;
    }
}
