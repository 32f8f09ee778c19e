package io.ringstore.simulation;

import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LogRecord;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.ledger.Write;
import io.ringstore.simulation.Happening.Applied;
import io.ringstore.simulation.Happening.Asked;
import java.util.HashMap;
import java.util.Map;

/** S12: every record was asked for by a client, just so. */
final class NoPhantom implements Invariant {

    private final Map<String, Write> asked = new HashMap<>();

    @Override
    public void check(Happening happening) {
        if (happening instanceof Asked(Write write)) {
            asked.put(write.requestId(), write);
        } else if (happening instanceof Applied(var _, BatchApplied(var _, var appended, var _, var _))) {
            appended.forEach(this::append);
        }
    }

    private void append(LogRecord record) {
        Write write = record.entry().write();
        Write wanted = asked.get(write.requestId());
        boolean forIt = wanted != null
                && write.equals(wanted.with(record.change()))
                && contains(wanted.operation(), record.change());
        require(forIt, () -> "nobody asked for %s".formatted(record));
    }

    private static boolean contains(Operation wanted, Operation.Change change) {
        return switch (wanted) {
            case Operation.Change alone -> alone.equals(change);
            case Txn txn ->
                change instanceof Operation.Put(String key, var value, var _)
                        && txn.then().contains(new Step.Put(key, value));
        };
    }
}
