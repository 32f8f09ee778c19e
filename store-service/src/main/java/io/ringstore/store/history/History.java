package io.ringstore.store.history;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Every accepted write in order, on disk.
 *
 * <p>One thread appends; any thread may read what is {@link #publish() published}. Nothing is flushed before
 * {@link #force()}: until a snapshot names them, records can be had again by replaying the replicated log.
 */
public final class History implements Closeable {

    private static final int READ_BUFFER = 1 << 16;
    private static final int WRITE_BUFFER = 1 << 16;

    private final Path directory;
    private final long segmentBytes;
    private final List<HistorySegment> segments = new CopyOnWriteArrayList<>();
    private final List<HistorySegment> unforced = new ArrayList<>();
    private ByteBuffer pending = ByteBuffer.allocate(WRITE_BUFFER);
    private final List<Integer> pendingFrames = new ArrayList<>();
    private HistoryPosition end;
    private HistoryPosition startOfPending;
    private volatile long published;

    private History(Path directory, long segmentBytes, HistoryPosition end) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.end = end;
        this.startOfPending = end;
        this.published = end.revision();
    }

    /**
     * Opens a history and cuts it back to where a snapshot left it; what came later is replayed.
     *
     * @param segmentBytes when a file is full and the next one begins
     * @throws DamagedStorageException if the files do not lead to exactly that position
     */
    public static History open(Path directory, long segmentBytes, HistoryPosition wanted) throws IOException {
        Files.createDirectories(directory);
        var history = new History(directory, segmentBytes, wanted);
        HistoryPosition reached = HistoryPosition.START;
        for (Path file : history.filesOnDisk()) {
            if (reached.revision() == wanted.revision()) {
                Files.delete(file);
                continue;
            }
            HistorySegment segment = HistorySegment.open(file, reached);
            history.segments.add(segment);
            reached = SegmentScan.upTo(segment, wanted);
            segment.cut();
        }
        if (!reached.equals(wanted)) {
            history.close();
            throw new DamagedStorageException(
                    directory,
                    "the snapshot needs history up to revision " + wanted.revision() + " with hash "
                            + Long.toHexString(wanted.hash()) + ", but it leads to revision " + reached.revision()
                            + " with hash " + Long.toHexString(reached.hash()));
        }
        return history;
    }

    private List<Path> filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SegmentHeader.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Adds the next record; it is on its way to the disk, and to readers, after {@link #publish()}. */
    public void append(long revision, byte[] record) throws IOException {
        if (revision != end.revision() + 1) {
            throw new IOException("revision " + revision + " cannot follow " + end.revision());
        }
        int frame = HistorySegment.FRAME_HEADER + record.length;
        if (pending.remaining() < frame) {
            pending = ByteBuffer.allocate(Math.max(pending.capacity() * 2, pending.position() + frame))
                    .put(pending.flip());
        }
        int checksum = SegmentScan.checksum(record, 0, record.length);
        pending.putInt(record.length).putInt(checksum).put(record);
        pendingFrames.add(frame);
        end = end.after(record.length, checksum);
    }

    /** Writes what was appended and lets readers see it. */
    public void publish() throws IOException {
        if (pendingFrames.isEmpty()) {
            return;
        }
        HistorySegment segment = segmentForNext();
        segment.write(pending.flip(), segment.length());
        pendingFrames.forEach(segment::know);
        pendingFrames.clear();
        pending = pending.capacity() > WRITE_BUFFER * 16 ? ByteBuffer.allocate(WRITE_BUFFER) : pending.clear();
        startOfPending = end;
        published = end.revision();
    }

    private HistorySegment segmentForNext() throws IOException {
        if (segments.isEmpty() || segments.getLast().length() >= segmentBytes) {
            segments.add(HistorySegment.create(directory, startOfPending));
        }
        HistorySegment segment = segments.getLast();
        synchronized (unforced) {
            if (!unforced.contains(segment)) {
                unforced.add(segment);
            }
        }
        return segment;
    }

    /** Where the history ends; only the appending thread may ask. */
    public HistoryPosition position() {
        return end;
    }

    public long publishedRevision() {
        return published;
    }

    public long bytes() {
        return segments.stream().mapToLong(HistorySegment::length).sum();
    }

    /** Flushes all that was published before the call. */
    public void force() throws IOException {
        List<HistorySegment> dirty;
        synchronized (unforced) {
            dirty = List.copyOf(unforced);
            unforced.clear();
        }
        for (HistorySegment segment : dirty) {
            segment.force();
        }
    }

    public List<Path> files() {
        return segments.stream().map(HistorySegment::file).toList();
    }

    /**
     * Reads records in order, from {@code revision} on, until there are {@code limit} of them or {@code maxBytes}.
     *
     * @throws DamagedStorageException if what was read is not what was written
     */
    public List<byte[]> read(long revision, int limit, long maxBytes) throws IOException {
        return new HistoryReader(segments, published, READ_BUFFER).read(revision, limit, maxBytes);
    }

    @Override
    public void close() throws IOException {
        for (HistorySegment segment : segments) {
            segment.close();
        }
    }
}
