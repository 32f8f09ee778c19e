package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.ledger.LedgerCommand.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One visit to the critical section: a batch that never changes, and what is known about its attempts. */
final class CriticalSection {

    final Batch batch;
    final List<WriteQueue.Waiting> writes;
    final long enteredAt;

    /** Peers that wake us meanwhile change its slots. */
    Token token;

    /** A newer token that arrived meanwhile. */
    @Nullable
    Token next;

    /** The latest attempt, counted from 0. */
    int attempt;

    /** Whether the latest attempt still waits for its answer. */
    boolean underWay = true;

    /** Whether some attempt may have reached the log, or may still. */
    boolean doubtful;

    CriticalSection(Token token, Batch batch, List<WriteQueue.Waiting> writes, long enteredAt) {
        this.token = token;
        this.batch = batch;
        this.writes = writes;
        this.enteredAt = enteredAt;
    }

    Fence fence() {
        return batch.fence();
    }
}
