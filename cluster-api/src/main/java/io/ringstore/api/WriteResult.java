package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * How one write ended.
 *
 * @param revision of the write when COMMITTED, or of a transaction; the key's current one when PRECONDITION_FAILED
 * @param origin of the attempt that was applied, when COMMITTED or TRANSACTED
 * @param outcome what a transaction did, in the ledger's encoding, when TRANSACTED
 * @param storeMicros how long the store took, as the sync node saw it; only from sync to gateway
 */
public record WriteResult(
        Status status,
        @Nullable Long revision,
        boolean created,
        boolean duplicate,
        @Nullable OriginMessage origin,
        byte @Nullable [] outcome,
        @Nullable Long storeMicros) {

    public WriteResult(
            Status status,
            @Nullable Long revision,
            boolean created,
            boolean duplicate,
            @Nullable OriginMessage origin) {
        this(status, revision, created, duplicate, origin, null, null);
    }

    public static WriteResult transacted(long revision, byte[] outcome, boolean duplicate, OriginMessage origin) {
        return new WriteResult(Status.TRANSACTED, revision, false, duplicate, origin, outcome, null);
    }

    public WriteResult withStoreMicros(long micros) {
        return new WriteResult(status, revision, created, duplicate, origin, outcome, micros);
    }

    public static WriteResult of(Status status) {
        return new WriteResult(status, null, false, false, null);
    }

    /** All but COMMITTED, TRANSACTED and UNKNOWN say for certain that this attempt was not applied and never will be. */
    public enum Status {
        COMMITTED,
        /** A transaction was decided, and all of its branch was done. */
        TRANSACTED,
        PRECONDITION_FAILED,
        NO_SUCH_KEY,
        KEY_REUSED,
        KEY_EXPIRED,
        KEY_FROM_FUTURE,
        /** The store's table of request ids is full. */
        BUSY,
        /** A transaction would read more than it may. */
        READS_TOO_MUCH,
        /** The keys take as much memory as the store has for them. */
        FULL,
        /** Only between store and sync: a newer fence was accepted before. */
        FENCED,
        /** Only between store and sync: the sender is not where it believes to be on the ring. */
        MISPLACED,
        /** Only between store and sync: the store never opened that epoch. */
        UNKNOWN_EPOCH,
        /** The sync node's queue is full. */
        QUEUE_FULL,
        /** The sync node is joining or leaving. */
        NOT_READY,
        /** Never sent to the store before the deadline. */
        DEADLINE,
        /** May or may not have been applied. */
        UNKNOWN;

        /** Whether what was asked for is done, now or by an earlier attempt. */
        public boolean isDone() {
            return this == COMMITTED || this == TRANSACTED;
        }
    }
}
