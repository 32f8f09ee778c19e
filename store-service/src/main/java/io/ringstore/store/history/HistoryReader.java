package io.ringstore.store.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads a stretch of the history from the files that hold it. */
final class HistoryReader {

    private final List<HistorySegment> segments;
    private final long last;
    private ByteBuffer buffer;
    private long bufferOffset;

    HistoryReader(List<HistorySegment> segments, long last, int bufferSize) {
        this.segments = segments;
        this.last = last;
        this.buffer = ByteBuffer.allocate(bufferSize).limit(0);
    }

    List<byte[]> read(long from, int limit, long maxBytes) throws IOException {
        List<byte[]> records = new ArrayList<>();
        long bytes = 0;
        long revision = from;
        for (int i = segmentOf(from); i < segments.size() && revision <= last; i++) {
            HistorySegment segment = segments.get(i);
            long end = i + 1 < segments.size() ? segments.get(i + 1).firstRevision() - 1 : last;
            HistorySegment.Place place = segment.placeBefore(revision);
            long offset = place.offset();
            buffer.limit(0);
            bufferOffset = offset;
            for (long at = place.revision(); at <= Math.min(end, last); at++) {
                byte[] record = frame(segment, offset, at);
                offset += HistorySegment.FRAME_HEADER + record.length;
                if (at < revision) {
                    continue;
                }
                if (records.size() == limit || (!records.isEmpty() && bytes + record.length > maxBytes)) {
                    return records;
                }
                records.add(record);
                bytes += record.length;
                revision = at + 1;
            }
        }
        return records;
    }

    private int segmentOf(long revision) {
        int found = 0;
        for (int i = 0; i < segments.size() && segments.get(i).firstRevision() <= revision; i++) {
            found = i;
        }
        return found;
    }

    private byte[] frame(HistorySegment segment, long offset, long revision) throws IOException {
        fill(segment, offset, HistorySegment.FRAME_HEADER, revision);
        int at = (int) (offset - bufferOffset);
        int length = buffer.getInt(at);
        int checksum = buffer.getInt(at + Integer.BYTES);
        if (length < 0 || length > SegmentScan.MAX_RECORD) {
            throw new DamagedStorageException(segment.file(), "revision " + revision + " has an impossible length");
        }
        fill(segment, offset, HistorySegment.FRAME_HEADER + length, revision);
        byte[] record = new byte[length];
        buffer.get((int) (offset - bufferOffset) + HistorySegment.FRAME_HEADER, record);
        if (SegmentScan.checksum(record, 0, length) != checksum) {
            throw new DamagedStorageException(segment.file(), "the checksum of revision " + revision + " is wrong");
        }
        return record;
    }

    /** Makes sure that {@code length} bytes from {@code offset} on are in the buffer. */
    private void fill(HistorySegment segment, long offset, int length, long revision) throws IOException {
        if (offset >= bufferOffset && offset + length <= bufferOffset + buffer.limit()) {
            return;
        }
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(length);
        }
        buffer.clear();
        bufferOffset = offset;
        int count = segment.read(buffer, offset);
        buffer.limit(count);
        if (count < length) {
            throw new DamagedStorageException(segment.file(), "it ends inside the record of revision " + revision);
        }
    }
}
