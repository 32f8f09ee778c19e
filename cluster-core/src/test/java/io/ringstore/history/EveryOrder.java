package io.ringstore.history;

import io.ringstore.history.Observation.ReadSeen;
import io.ringstore.history.Observation.WriteSeen;
import java.util.ArrayList;
import java.util.List;

/** Tries every order of a small history (Wing and Gong): slow, simple, and written without a look at the other checker. */
final class EveryOrder {

    private EveryOrder() {}

    /** Whether some order of the operations respects real time, explains every read, and is the log's for the writes. */
    static boolean someOrderExplains(History history) {
        return explain(new ArrayList<>(history.observations()), 0);
    }

    private static boolean explain(List<Observation> rest, int written) {
        if (rest.isEmpty()) {
            return true;
        }
        for (Observation candidate : List.copyOf(rest)) {
            boolean mayBeNext = rest.stream().noneMatch(other -> other.completedAt() < candidate.invokedAt());
            int after = switch (candidate) {
                case WriteSeen write -> write.value().equals("value-" + (written + 1)) ? written + 1 : -1;
                case ReadSeen read -> read.revision() == written ? written : -1;
            };
            if (mayBeNext && after >= 0) {
                rest.remove(candidate);
                boolean explained = explain(rest, after);
                rest.add(candidate);
                if (explained) {
                    return true;
                }
            }
        }
        return false;
    }
}
