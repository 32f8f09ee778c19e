package io.ringstore.store.replication;

/** Which of the regular rounds are worth a question to the others: a cluster at rest should be quiet. */
final class Rounds {

    /** The others are asked in one of so many rounds even if nothing has changed here; their clocks may have. */
    private static final int QUIET = 10;

    private long askedAt = -1;
    private int skipped;

    /**
     * Whether to ask in this round.
     *
     * @param revision greatest one applied here
     * @param waiting whether something is wanted from the others whatever happens here
     */
    boolean isDue(long revision, boolean waiting) {
        if (revision == askedAt && !waiting && skipped < QUIET - 1) {
            skipped++;
            return false;
        }
        askedAt = revision;
        skipped = 0;
        return true;
    }
}
