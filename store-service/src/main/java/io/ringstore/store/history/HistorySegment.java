package io.ringstore.store.history;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * One file of the history: a header, then a unit for each record, which is its {@link Frame} and the one it carries.
 *
 * <p>The position of every 64th unit is kept in memory, and of each record the previous revision of its key.
 */
final class HistorySegment implements Closeable {

    private static final int INDEX_EVERY = 64;

    private final Path file;
    private final FileChannel channel;
    private final long firstRevision;
    private final HistoryPosition start;
    private long[] offsets = new long[64];
    private int indexed;
    private long[] previous = new long[64];
    private int records;
    private long length;

    private HistorySegment(Path file, FileChannel channel, HistoryPosition start) {
        this.file = file;
        this.channel = channel;
        this.start = start;
        this.firstRevision = start.revision() + 1;
        this.length = SegmentHeader.LENGTH;
    }

    static HistorySegment create(Path directory, HistoryPosition start) throws IOException {
        Path file = directory.resolve(SegmentHeader.fileName(start.revision() + 1));
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel.truncate(0);
        writeFully(channel, ByteBuffer.wrap(SegmentHeader.encode(start)), 0);
        Disk.forceDirectory(directory);
        return new HistorySegment(file, channel, start);
    }

    /** Opens a file whose header is not checked yet; see {@link SegmentScan}. */
    static HistorySegment open(Path file, HistoryPosition start) throws IOException {
        return new HistorySegment(
                file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), start);
    }

    Path file() {
        return file;
    }

    HistoryPosition start() {
        return start;
    }

    long firstRevision() {
        return firstRevision;
    }

    synchronized long length() {
        return length;
    }

    /** Notes a unit that stands in the file at the end of what is known so far. */
    synchronized void know(int unitLength, long previousRevision) {
        if (records % INDEX_EVERY == 0) {
            if (indexed == offsets.length) {
                offsets = Arrays.copyOf(offsets, indexed * 2);
            }
            offsets[indexed++] = length;
        }
        if (records == previous.length) {
            previous = Arrays.copyOf(previous, records * 2);
        }
        previous[records++] = previousRevision;
        length += unitLength;
    }

    /** Writes frames at {@code offset}, which is the end of the file. */
    void write(ByteBuffer frames, long offset) throws IOException {
        writeFully(channel, frames, offset);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long position = offset;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /** The revision that was the newest of its key before this one, 0 if there was none. */
    synchronized long previousOf(long revision) {
        return previous[(int) (revision - firstRevision)];
    }

    /** Where to start reading for a revision: at or a little before it. */
    synchronized Place placeBefore(long revision) {
        int slot = (int) ((revision - firstRevision) / INDEX_EVERY);
        if (slot >= indexed) {
            return new Place(firstRevision + records, length);
        }
        return new Place(firstRevision + (long) slot * INDEX_EVERY, offsets[slot]);
    }

    /** A unit's offset and the revision of its record. */
    record Place(long revision, long offset) {}

    int read(ByteBuffer target, long offset) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int count = channel.read(target, offset + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    /** Drops what stands in the file after the frames that are known. */
    void cut() throws IOException {
        channel.truncate(length());
    }

    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }
}
