package io.ringstore.simulation;

import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LogRecord;
import io.ringstore.simulation.Happening.Acknowledged;
import io.ringstore.simulation.Happening.Applied;
import io.ringstore.simulation.Happening.Asked;
import java.util.HashMap;
import java.util.Map;

/** S7: what was answered before something else was asked for stands before it. */
final class RealTimeOrder implements Invariant {

    private final Map<String, Long> answeredBefore = new HashMap<>();
    private long answered;

    @Override
    public void check(Happening happening) {
        if (happening instanceof Asked(var write)) {
            answeredBefore.put(write.requestId(), answered);
        } else if (happening instanceof Acknowledged(var _, long revision)) {
            answered = Math.max(answered, revision);
        } else if (happening instanceof Applied(var _, BatchApplied(var _, var appended, var _, var _))) {
            appended.forEach(this::append);
        }
    }

    private void append(LogRecord record) {
        String id = record.entry().write().requestId();
        long before = answeredBefore.getOrDefault(id, 0L);
        require(
                record.revision() > before,
                () -> "%s stands at %d, but %d was answered before it was asked for"
                        .formatted(id, record.revision(), before));
    }
}
