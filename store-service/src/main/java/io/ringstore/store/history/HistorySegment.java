package io.ringstore.store.history;

import io.ringstore.ledger.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One file of the history: a header, then a unit for each revision, which is the {@link Frame} of each of its records,
 * after the one that it carries if it carries one.
 *
 * <p>The position of every 64th unit is kept in memory, and of each record the previous place of its key.
 */
final class HistorySegment implements Closeable {

    private static final int INDEX_EVERY = 64;

    private final Path file;
    private final FileChannel channel;
    private final long firstRevision;
    private final HistoryPosition start;
    private long[] offsets = new long[64];
    private int indexed;
    private int revisions;
    private long[] previous = new long[64];
    private int records;

    /** The number of each revision's first record; null as long as every revision has one only. */
    private int @Nullable [] firstRecords;

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

    /**
     * Notes a unit that stands in the file at the end of what is known so far.
     *
     * @param places of each of its records the previous place of its key
     */
    synchronized void know(int unitLength, long[] places) {
        if (revisions % INDEX_EVERY == 0) {
            if (indexed == offsets.length) {
                offsets = Arrays.copyOf(offsets, indexed * 2);
            }
            offsets[indexed++] = length;
        }
        noteFirst(places.length);
        if (records + places.length > previous.length) {
            previous = Arrays.copyOf(previous, Math.max(records * 2, records + places.length));
        }
        System.arraycopy(places, 0, previous, records, places.length);
        records += places.length;
        revisions++;
        length += unitLength;
    }

    private void noteFirst(int recordsOfUnit) {
        int[] firsts = firstRecords;
        if (firsts == null) {
            if (recordsOfUnit == 1) {
                return;
            }
            firsts = new int[Math.max(64, revisions * 2)];
            Arrays.setAll(firsts, revision -> revision);
        } else if (revisions == firsts.length) {
            firsts = Arrays.copyOf(firsts, revisions * 2);
        }
        firsts[revisions] = records;
        firstRecords = firsts;
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

    /** The place of the record that was its key's newest before this one, packed; 0 if there was none. */
    synchronized long previousOf(Place place) {
        int revision = (int) (place.revision() - firstRevision);
        int first = firstRecords == null ? revision : firstRecords[revision];
        return previous[first + place.part()];
    }

    /** Where to start reading for a revision: at or a little before it. */
    synchronized Offset offsetBefore(long revision) {
        int slot = (int) ((revision - firstRevision) / INDEX_EVERY);
        if (slot >= indexed) {
            return new Offset(firstRevision + revisions, length);
        }
        return new Offset(firstRevision + (long) slot * INDEX_EVERY, offsets[slot]);
    }

    /** Where a revision's unit begins. */
    record Offset(long revision, long offset) {}

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
