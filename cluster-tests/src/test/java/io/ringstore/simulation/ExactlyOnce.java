package io.ringstore.simulation;

import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LogRecord;
import io.ringstore.ledger.Place;
import io.ringstore.simulation.Happening.Applied;
import java.util.HashMap;
import java.util.Map;

/** S4: a request id stands in the log at one revision at most, and there each of its changes once. */
final class ExactlyOnce implements Invariant {

    private final Map<String, Place> latest = new HashMap<>();

    @Override
    public void check(Happening happening) {
        if (happening instanceof Applied(var _, BatchApplied(var _, var appended, var _, var _))) {
            for (LogRecord record : appended) {
                String id = record.entry().write().requestId();
                Place before = latest.put(id, record.place());
                Place next = before == null ? null : new Place(before.revision(), before.part() + 1);
                require(
                        next == null || next.equals(record.place()),
                        () -> "%s stands at %s and at %s".formatted(id, before, record.place()));
            }
        }
    }
}
