package io.ringstore.store.replication;

/** What was asked about was let go; what there is can be asked as of {@link #compacted()} and later. */
public final class CompactedException extends RuntimeException {

    private final long compacted;

    CompactedException(long compacted) {
        super("Only the state as of revision " + compacted + " and later is kept, and log records after it.");
        this.compacted = compacted;
    }

    public long compacted() {
        return compacted;
    }
}
