package io.ringstore.store.replication;

import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerResult;
import org.apache.ratis.protocol.RaftPeerId;

/** Is told what happens to this replica, for metrics and the audit trail (§14). */
public interface ReplicaObserver {

    /** Listens to nothing. */
    ReplicaObserver NONE = new ReplicaObserver() {
        @Override
        public void applied(LedgerCommand command, LedgerResult result, long nanos) {}

        @Override
        public void committed(long nanos) {}

        @Override
        public void snapshotTaken(long index, long pauseNanos, long totalNanos) {}

        @Override
        public void snapshotInstalled(long index) {}

        @Override
        public void leaderChanged(RaftPeerId leader) {}
    };

    void applied(LedgerCommand command, LedgerResult result, long nanos);

    /** A command that was submitted here is committed and applied, so long after its submission. */
    void committed(long nanos);

    /**
     * A snapshot is on disk.
     *
     * @param pauseNanos for how long nothing could be applied
     */
    void snapshotTaken(long index, long pauseNanos, long totalNanos);

    /** A snapshot of another node took the place of what was here. */
    void snapshotInstalled(long index);

    void leaderChanged(RaftPeerId leader);
}
