package io.ringstore.simulation;

import io.ringstore.cluster.Fence;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.simulation.Happening.Applied;

/** S1: the fences of accepted batches grow along the log. */
final class FenceGrows implements Invariant {

    private Fence last = Fence.NONE;

    @Override
    public void check(Happening happening) {
        if (happening instanceof Applied(Batch batch, BatchApplied(var _, var appended, var _, var _))
                && !appended.isEmpty()) {
            require(
                    batch.fence().isNewerThan(last),
                    () -> "a batch of %s was accepted after one of %s".formatted(batch.fence(), last));
            last = batch.fence();
        }
    }
}
