package io.ringstore.simulation;

import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LogRecord;
import io.ringstore.simulation.Happening.Applied;
import java.util.HashMap;
import java.util.Map;

/** S4: a request id stands in the log at most once. */
final class ExactlyOnce implements Invariant {

    private final Map<String, Long> revisions = new HashMap<>();

    @Override
    public void check(Happening happening) {
        if (happening instanceof Applied(var _, BatchApplied(var _, var appended, var _, var _))) {
            for (LogRecord record : appended) {
                String id = record.entry().write().requestId();
                Long first = revisions.putIfAbsent(id, record.revision());
                require(first == null, () -> "%s stands at %d and at %d".formatted(id, first, record.revision()));
            }
        }
    }
}
