package io.ringstore.store.replication;

import io.ringstore.ledger.LedgerSnapshot;
import io.ringstore.store.history.HistoryPosition;

/** All of the state at one index of the replicated log; the history only by its position (P7). */
record SnapshotImage(long term, long index, HistoryPosition history, LedgerSnapshot ledger) {

    /** Up to where the history is not needed. Its last record is: the file that holds it is flushed for certain. */
    long letGo() {
        return Math.max(0, Math.min(ledger.compacted(), history.revision() - 1));
    }
}
