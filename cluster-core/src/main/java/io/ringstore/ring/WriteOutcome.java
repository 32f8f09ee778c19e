package io.ringstore.ring;

import io.ringstore.ledger.EntryResult;

/** How a request ended, from the point of view of the node it waited at (rules R9, R10). */
public sealed interface WriteOutcome {

    /** The store has decided it for good. */
    record Decided(EntryResult result) implements WriteOutcome {}

    /** This attempt was not applied and never will be; trying again with the same request id is right. */
    record NotCommitted(Reason reason) implements WriteOutcome {}

    /** It may or may not have been applied, now or later; only a retry with the same request id can tell. */
    record Unknown() implements WriteOutcome {}

    /** Why an attempt ended without being applied. */
    enum Reason {
        QUEUE_FULL,
        NOT_READY,
        DEADLINE
    }
}
