package io.ringstore.simulation;

import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.ledger.LedgerResult.Reconfigured;
import io.ringstore.simulation.Happening.Applied;

/** S2: an accepted batch is of the epoch that was opened last. */
final class CurrentEpoch implements Invariant {

    private long opened;

    @Override
    public void check(Happening happening) {
        if (happening instanceof Applied(var _, ClaimWon(long epoch, var _))) {
            opened = Math.max(opened, epoch);
        } else if (happening instanceof Applied(var _, Reconfigured(var view))) {
            opened = view.fence().epoch();
        } else if (happening instanceof Applied(Batch batch, BatchApplied(var _, var appended, var _, var _))
                && !appended.isEmpty()) {
            require(
                    batch.fence().epoch() == opened,
                    () -> "%s was accepted in epoch %d".formatted(batch.fence(), opened));
        }
    }
}
