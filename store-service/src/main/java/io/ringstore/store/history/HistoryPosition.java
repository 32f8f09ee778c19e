package io.ringstore.store.history;

/**
 * How far a history goes, and the hash of everything up to there; independent of how it is cut into files.
 *
 * @param revision up to which it is complete; revisions start at 1 and have no gaps, so this is also their number
 */
public record HistoryPosition(long revision, long hash) {

    public static final HistoryPosition START = new HistoryPosition(0, 0);

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** The position after one more record; the same revision if more of it follow. */
    HistoryPosition after(Frame record) {
        long mixed = (hash ^ (((long) record.marked() << 32) | (record.checksum() & 0xFFFFFFFFL))) * SPREAD;
        return new HistoryPosition(record.more() ? revision : revision + 1, mixed ^ (mixed >>> 29));
    }
}
