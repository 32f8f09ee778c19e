package io.ringstore.ledger;

/**
 * Where a record stands in the log: at a revision, which it shares with the others of its transaction.
 *
 * @param part its number among them, from 0
 */
public record Place(long revision, int part) {

    private static final int REVISION_BITS = 48;
    private static final long REVISION_MASK = (1L << REVISION_BITS) - 1;

    /** Both in one number, which for a record that is alone is its revision. */
    public long packed() {
        return (long) part << REVISION_BITS | revision;
    }

    public static Place of(long packed) {
        return new Place(packed & REVISION_MASK, (int) (packed >>> REVISION_BITS));
    }
}
