package io.ringstore.simulation;

import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LogRecord;
import io.ringstore.simulation.Happening.Applied;
import io.ringstore.simulation.Happening.AttemptBegan;
import io.ringstore.simulation.Happening.AttemptRefused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** S6: what every attempt refused is not in the log, and never gets there. */
final class HonestRefusal implements Invariant {

    private final Map<String, Integer> attemptsThatMayBeApplied = new HashMap<>();
    private final Set<String> applied = new HashSet<>();

    @Override
    public void check(Happening happening) {
        if (happening instanceof AttemptBegan(String id)) {
            attemptsThatMayBeApplied.merge(id, 1, Integer::sum);
        } else if (happening instanceof AttemptRefused(String id)) {
            int left = attemptsThatMayBeApplied.merge(id, -1, Integer::sum);
            require(
                    left > 0 || !applied.contains(id),
                    () -> "every attempt of %s was refused, but it is applied".formatted(id));

        } else if (happening instanceof Applied(var _, BatchApplied(var _, var appended, var _, var _))) {
            appended.forEach(this::append);
        }
    }

    private void append(LogRecord record) {
        String id = record.entry().write().requestId();
        applied.add(id);
        require(
                attemptsThatMayBeApplied.getOrDefault(id, 0) > 0,
                () -> "%s is applied after all its attempts were refused".formatted(id));
    }
}
