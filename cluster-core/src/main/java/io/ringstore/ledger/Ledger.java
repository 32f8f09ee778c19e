package io.ringstore.ledger;

import io.ringstore.cluster.RingConfig;
import java.util.Optional;

/**
 * The state machine of the store (ring-protocol.md §8): fences, claims, exactly-once, and the key view.
 *
 * <p>Its history is not kept here: each result carries the records it appended, and whoever runs the ledger keeps them.
 */
public final class Ledger {

    public Ledger(LedgerLimits limits) {
        throw new UnsupportedOperationException();
    }

    /** Applies one command of the replicated log; equal commands in equal order lead to equal states everywhere. */
    public LedgerResult apply(Stamp stamp, LedgerCommand command) {
        throw new UnsupportedOperationException();
    }

    public StoreView view() {
        throw new UnsupportedOperationException();
    }

    public RingConfig config() {
        throw new UnsupportedOperationException();
    }

    /** The greatest revision in the log; 0 if it is empty. */
    public long lastRevision() {
        throw new UnsupportedOperationException();
    }

    /** Equal on replicas that have applied the same commands (invariant S11). */
    public long stateHash() {
        throw new UnsupportedOperationException();
    }

    public Optional<LogRecord> get(String key) {
        throw new UnsupportedOperationException();
    }

    /** What became of a request, while its id is remembered. */
    public Optional<EntryResult> outcome(String requestId) {
        throw new UnsupportedOperationException();
    }
}
