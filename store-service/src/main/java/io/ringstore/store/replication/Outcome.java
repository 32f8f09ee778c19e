package io.ringstore.store.replication;

import io.ringstore.ledger.LedgerResult;
import io.ringstore.link.NodeAddress;
import org.jspecify.annotations.Nullable;

/** How a command ended that was given to this node's Raft server (P12). */
public sealed interface Outcome {

    /** A majority has it on disk and the primary applied it. */
    record Applied(LedgerResult result) implements Outcome {}

    /** It never reached the log, and never will. */
    record NotApplied(String reason) implements Outcome {}

    /**
     * It never reached the log, because this node is not the primary.
     *
     * @param primary the one this node knows of
     */
    record NotPrimary(@Nullable NodeAddress primary) implements Outcome {}

    /** It reached the log; whether it will be applied is not known here. */
    record Unknown(String reason) implements Outcome {}
}
