package io.ringstore.ledger;

/** Why the store did not apply an entry, checked in the order of ring-protocol.md §8.1. */
public enum Refusal {
    /** The request id was used before with another payload. */
    KEY_REUSED,
    /** The sender is not where it believes to be on the ring. */
    MISPLACED,
    /** The batch is from an epoch the store never opened: the store went back in time. */
    UNKNOWN_EPOCH,
    /** A newer fence was accepted before; rule R2. */
    FENCED,
    /** The request id is older than the window in which ids are remembered. */
    KEY_EXPIRED,
    /** The request id claims to be made more than a minute ahead of store time. */
    KEY_FROM_FUTURE,
    /** The table of request ids is full, or others read too much just now; nothing is forgotten to make room. */
    BUSY,
    /** A transaction would read more than {@link Txn#MAX_READ}. */
    READS_TOO_MUCH,
    /** The keys weigh as much as the primary can hold, and this would add to it; {@link Stamp#room}. */
    FULL
}
