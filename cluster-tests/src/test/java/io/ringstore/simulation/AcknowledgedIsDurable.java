package io.ringstore.simulation;

import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LogRecord;
import io.ringstore.simulation.Happening.Acknowledged;
import io.ringstore.simulation.Happening.Applied;
import java.util.ArrayList;
import java.util.List;

/** S5: what was acknowledged at a revision is there, and the log has no gaps. */
final class AcknowledgedIsDurable implements Invariant {

    private final List<String> log = new ArrayList<>();

    @Override
    public void check(Happening happening) {
        if (happening instanceof Applied(var _, BatchApplied(var _, var appended, var _, var _))) {
            appended.forEach(this::append);
        } else if (happening instanceof Acknowledged(String id, long revision)) {
            require(
                    revision >= 1
                            && revision <= log.size()
                            && log.get((int) revision - 1).equals(id),
                    () -> "%s was acknowledged at %d, where it is not".formatted(id, revision));
        }
    }

    private void append(LogRecord record) {
        String id = record.entry().write().requestId();
        boolean another = record.revision() == log.size() && log.getLast().equals(id);
        if (!another) {
            log.add(id);
        }
        require(
                record.revision() == log.size(),
                () -> "revision %d stands at %d".formatted(record.revision(), log.size()));
    }
}
