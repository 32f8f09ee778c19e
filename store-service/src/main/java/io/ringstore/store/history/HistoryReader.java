package io.ringstore.store.history;

import io.ringstore.ledger.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads records of the history from the files that hold them. */
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
        try {
            long bytes = 0;
            long revision = from;
            for (int i = segmentOf(from); i < segments.size() && revision <= last; i++) {
                HistorySegment segment = segments.get(i);
                long end = i + 1 < segments.size() ? segments.get(i + 1).firstRevision() - 1 : last;
                long offset = unit(segment, revision);
                for (; revision <= Math.min(end, last); revision++) {
                    boolean more = true;
                    for (int part = 0; more; part++) {
                        offset = afterCarried(segment, offset, revision);
                        Frame frame = header(segment, offset, revision);
                        boolean full =
                                records.size() >= limit || (!records.isEmpty() && bytes + frame.length() > maxBytes);
                        if (full && part == 0) {
                            return records;
                        }
                        records.add(record(segment, frame, offset, revision));
                        bytes += frame.length();
                        offset += frame.size();
                        more = frame.more();
                    }
                }
            }
            return records;
        } catch (ClosedChannelException deleted) {
            throw letGo(from, deleted);
        }
    }

    /**
     * The record of a key as of a revision; null if the key had none.
     *
     * @param newest place of a later record of that key
     */
    byte @Nullable [] asOf(Place newest, long revision) throws IOException {
        HistorySegment segment = segments.get(segmentOf(newest.revision()));
        Place later = newest;
        Place found = Place.of(segment.previousOf(newest));
        while (found.revision() > revision) {
            if (found.revision() < segment.firstRevision()) {
                segment = segments.get(segmentOf(found.revision()));
            }
            later = found;
            found = Place.of(segment.previousOf(found));
        }
        try {
            return found.revision() == 0 ? null : beforeOf(segment, later, found);
        } catch (ClosedChannelException deleted) {
            throw letGo(revision, deleted);
        }
    }

    /** Reads a key's record from the file that holds its next one, which has it or carries it. */
    private byte[] beforeOf(HistorySegment segment, Place later, Place wanted) throws IOException {
        if (wanted.revision() >= segment.firstRevision()) {
            long offset = afterCarried(segment, offsetOf(segment, wanted), wanted.revision());
            return record(segment, header(segment, offset, wanted.revision()), offset, wanted.revision());
        }
        long offset = offsetOf(segment, later);
        Frame carried = header(segment, offset, later.revision());
        if (!carried.carried()) {
            throw new DamagedStorageException(segment.file(), later + " does not carry " + wanted);
        }
        return record(segment, carried, offset, wanted.revision());
    }

    /** Where a record begins, or the one that it carries. */
    private long offsetOf(HistorySegment segment, Place place) throws IOException {
        long offset = unit(segment, place.revision());
        for (int part = 0; part < place.part(); part++) {
            offset = afterCarried(segment, offset, place.revision());
            offset += header(segment, offset, place.revision()).size();
        }
        return offset;
    }

    private static LetGoException letGo(long revision, ClosedChannelException cause) {
        var letGo = new LetGoException(revision);
        letGo.initCause(cause);
        return letGo;
    }

    private int segmentOf(long revision) throws LetGoException {
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).firstRevision() <= revision) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            throw new LetGoException(revision);
        }
        return high;
    }

    /** The offset of a revision's unit. */
    private long unit(HistorySegment segment, long revision) throws IOException {
        buffer.limit(0);
        HistorySegment.Offset known = segment.offsetBefore(revision);
        long offset = known.offset();
        for (long at = known.revision(); at < revision; at++) {
            boolean more = true;
            while (more) {
                offset = afterCarried(segment, offset, at);
                Frame frame = header(segment, offset, at);
                offset += frame.size();
                more = frame.more();
            }
        }
        return offset;
    }

    private long afterCarried(HistorySegment segment, long offset, long revision) throws IOException {
        Frame frame = header(segment, offset, revision);
        return frame.carried() ? offset + frame.size() : offset;
    }

    private Frame header(HistorySegment segment, long offset, long revision) throws IOException {
        fill(segment, offset, Frame.HEADER, revision);
        Frame frame = Frame.at(buffer, (int) (offset - bufferOffset));
        if (!frame.isPossible()) {
            throw new DamagedStorageException(segment.file(), "revision " + revision + " has an impossible length");
        }
        return frame;
    }

    private byte[] record(HistorySegment segment, Frame frame, long offset, long revision) throws IOException {
        fill(segment, offset, frame.size(), revision);
        byte[] record = new byte[frame.length()];
        buffer.get((int) (offset - bufferOffset) + Frame.HEADER, record);
        if (!frame.isOf(record)) {
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
