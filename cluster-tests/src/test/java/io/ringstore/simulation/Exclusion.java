package io.ringstore.simulation;

import io.ringstore.cluster.Fence;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LogRecord;
import io.ringstore.simulation.Happening.Applied;
import java.util.HashSet;
import java.util.Set;

/** S10: records of two critical sections never interleave in the log. */
final class Exclusion implements Invariant {

    private final Set<Fence> over = new HashSet<>();
    private Fence current = Fence.NONE;

    @Override
    public void check(Happening happening) {
        if (happening instanceof Applied(var _, BatchApplied(var _, var appended, var _, var _))) {
            appended.forEach(this::append);
        }
    }

    private void append(LogRecord record) {
        Fence fence = record.origin().fence();
        if (!fence.equals(current)) {
            over.add(current);
            current = fence;
        }
        require(
                !over.contains(fence),
                () -> "revision %d is of %s, which was over".formatted(record.revision(), fence));
    }
}
