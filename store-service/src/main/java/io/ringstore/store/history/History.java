package io.ringstore.store.history;

import io.ringstore.ledger.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accepted writes in order, on disk: all that were not let go.
 *
 * <p>The versions of a key form a chain: with each record stands at which place its key was written before. So a key's past is
 * found without searching, and a file can go as soon as nobody asks for what its last record replaced (decision 5).
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
    private final List<PendingUnit> pendingUnits = new ArrayList<>();
    private HistoryPosition end;
    private volatile long published;

    private History(Path directory, long segmentBytes, HistoryPosition end) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.end = end;
        this.published = end.revision();
    }

    /** What stands in the buffer for one revision. */
    @SuppressWarnings("ArrayRecordComponent")
    private record PendingUnit(int length, long[] previous) {}

    /**
     * Opens a history and cuts it back to where a snapshot left it; what came later is replayed.
     *
     * @param segmentBytes when a file is full and the next one begins
     * @param letGo revision up to which records need not be there
     * @throws DamagedStorageException if the files do not lead to exactly that position
     */
    public static History open(Path directory, long segmentBytes, HistoryPosition wanted, long letGo)
            throws IOException {
        Files.createDirectories(directory);
        var history = new History(directory, segmentBytes, wanted);
        // What no snapshot needs may never have been flushed; it is not even looked at.
        boolean nothingNeeded = letGo >= wanted.revision();
        List<Path> files = nothingNeeded ? filesIn(directory) : history.filesFrom(letGo);
        HistoryPosition reached = nothingNeeded
                ? wanted
                : files.isEmpty() ? HistoryPosition.START : SegmentScan.startOf(files.getFirst());
        for (Path file : files) {
            if (reached.revision() == wanted.revision()) {
                Files.delete(file);
                continue;
            }
            if (!SegmentScan.startOf(file).equals(reached)) {
                history.close();
                throw new DamagedStorageException(file, "its header does not continue the file before it");
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

    /** The files in order, beginning with the one that holds what came next after a revision; earlier ones go. */
    private List<Path> filesFrom(long letGo) throws IOException {
        List<Path> files = filesIn(directory);
        int first = 0;
        while (first + 1 < files.size() && SegmentHeader.firstRevision(files.get(first + 1)) <= letGo + 1) {
            Files.delete(files.get(first++));
        }
        if (first < files.size() && SegmentHeader.firstRevision(files.get(first)) > letGo + 1) {
            throw new DamagedStorageException(
                    directory, "the file that holds revision " + (letGo + 1) + " is not there");
        }
        return files.subList(first, files.size());
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(SegmentHeader.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /**
     * One record of a revision.
     *
     * @param previous the {@link Place} that was its key's newest before, packed; 0 if there was none or it was let go
     * @param previousRecord of that place; asked for only if it stands in an earlier file
     */
    public record Unit(byte[] record, long previous, Supplier<byte[]> previousRecord) {

        /** Of a key that had none before, or whose past was let go. */
        public static Unit first(byte[] record) {
            return new Unit(record, 0, () -> record);
        }
    }

    /** Adds the records of the next revision; they are on their way to the disk, and to readers, after {@link #publish()}. */
    public void append(long revision, List<Unit> units) throws IOException {
        HistorySegment segment = pendingUnits.isEmpty() ? segmentForNext() : segments.getLast();
        int start = pending.position();
        long[] previous = new long[units.size()];
        for (int part = 0; part < previous.length; part++) {
            Unit unit = units.get(part);
            previous[part] = unit.previous();
            long before = Place.of(unit.previous()).revision();
            if (revision != end.revision() + 1 || before >= revision) {
                throw new IOException("revision " + revision + " cannot follow " + end.revision() + " and " + before);
            }
            if (before != 0 && before < segment.firstRevision()) {
                byte[] carried = unit.previousRecord().get();
                put(Frame.ofCarried(carried), carried);
            }
            Frame frame = Frame.of(unit.record(), part + 1 < previous.length, unit.previous());
            put(frame, unit.record());
            end = end.after(frame);
        }
        pendingUnits.add(new PendingUnit(pending.position() - start, previous));
    }

    private void put(Frame frame, byte[] record) {
        if (pending.remaining() < frame.size()) {
            int needed = pending.position() + frame.size();
            pending = ByteBuffer.allocate(Math.max(pending.capacity() * 2, needed))
                    .put(pending.flip());
        }
        frame.writeTo(pending, record);
    }

    /** Writes what was appended and lets readers see it. */
    public void publish() throws IOException {
        if (pendingUnits.isEmpty()) {
            return;
        }
        HistorySegment segment = segments.getLast();
        segment.write(pending.flip(), segment.length());
        pendingUnits.forEach(unit -> segment.know(unit.length(), unit.previous()));
        pendingUnits.clear();
        pending = pending.capacity() > WRITE_BUFFER * 16 ? ByteBuffer.allocate(WRITE_BUFFER) : pending.clear();
        published = end.revision();
    }

    private HistorySegment segmentForNext() throws IOException {
        if (segments.isEmpty() || segments.getLast().length() >= segmentBytes) {
            segments.add(HistorySegment.create(directory, end));
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
     * Reads records in order, from {@code revision} on, until there are {@code limit} of them or {@code maxBytes};
     * a revision is read as a whole or not at all.
     *
     * @throws LetGoException if that revision is not kept any more
     * @throws DamagedStorageException if what was read is not what was written
     */
    public List<byte[]> read(long revision, int limit, long maxBytes) throws IOException {
        return reader().read(revision, limit, maxBytes);
    }

    /**
     * The newest record of a key that is not newer than a revision; null if the key had none then.
     *
     * @param newest place of a later record of that key
     * @throws LetGoException if that is not kept any more
     * @throws DamagedStorageException if what was read is not what was written
     */
    public byte @Nullable [] asOf(Place newest, long revision) throws IOException {
        return reader().asOf(newest, revision);
    }

    private HistoryReader reader() {
        long last = published;
        return new HistoryReader(List.copyOf(segments), last, READ_BUFFER);
    }

    /** Deletes the files that hold nothing newer than a revision; no restart may need them any more. */
    public void letGo(long revision) throws IOException {
        while (segments.size() > 1 && segments.get(1).firstRevision() <= revision + 1) {
            segments.removeFirst().delete();
        }
    }

    /** The greatest revision without which the files have no more than so many bytes; 0 if they have not now. */
    public long lastBeyond(long keptBytes) {
        List<HistorySegment> files = List.copyOf(segments);
        long bytes = 0;
        for (int i = files.size() - 1; i >= 0; i--) {
            bytes += files.get(i).length();
            if (bytes > keptBytes) {
                return i + 1 < files.size() ? files.get(i + 1).firstRevision() - 1 : 0;
            }
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        for (HistorySegment segment : segments) {
            segment.close();
        }
    }
}
