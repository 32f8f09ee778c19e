package io.ringstore.store.replication;

import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerSnapshot;
import io.ringstore.store.history.HistoryPosition;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** All of the state at one index of the replicated log; the history only by its position (P7). */
record SnapshotImage(long term, long index, HistoryPosition history, LedgerSnapshot ledger) {

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(term);
        out.writeLong(index);
        out.writeLong(history.revision());
        out.writeLong(history.hash());
        LedgerCodec.write(ledger, out);
    }

    /** Reads one back; its integrity must have been checked before. */
    static SnapshotImage readFrom(DataInput in) throws IOException {
        return new SnapshotImage(
                in.readLong(),
                in.readLong(),
                new HistoryPosition(in.readLong(), in.readLong()),
                LedgerCodec.readSnapshot(in));
    }

    /** Up to where the history is not needed. */
    long letGo() {
        return Math.min(ledger.compacted(), history.revision());
    }
}
