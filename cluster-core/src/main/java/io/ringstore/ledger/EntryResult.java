package io.ringstore.ledger;

/** What became of one entry of a batch. */
public sealed interface EntryResult {

    /**
     * In the log at {@code revision}.
     *
     * @param created whether the key did not exist before
     * @param duplicate whether an earlier attempt put it there (rule R3)
     * @param origin of the attempt that was applied
     */
    record Committed(long revision, boolean created, boolean duplicate, Origin origin) implements EntryResult {}

    /**
     * A transaction was decided, whichever way; later attempts get the same answer.
     *
     * @param revision of all that it wrote; if it wrote nothing, the one it found
     * @param duplicate whether an earlier attempt was decided (rule R3)
     * @param origin of the attempt that was decided
     */
    record Transacted(long revision, TxnOutcome outcome, boolean duplicate, Origin origin) implements EntryResult {}

    /**
     * The precondition did not hold when the request was first applied; later attempts get the same answer.
     *
     * @param currentRevision the key's revision at that moment, 0 if it did not exist
     */
    record PreconditionFailed(long currentRevision) implements EntryResult {}

    /** A delete of a key that did not exist; later attempts get the same answer. */
    record NoSuchKey() implements EntryResult {}

    /** Not applied, and this attempt never will be. */
    record Refused(Refusal reason) implements EntryResult {}
}
