package io.ringstore.history;

import io.ringstore.cluster.Fence;
import io.ringstore.history.Observation.End.Acknowledged;
import io.ringstore.history.Observation.End.Refused;
import io.ringstore.history.Observation.WriteSeen;
import io.ringstore.history.Violation.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds every broken promise of a history without searching: the log gives the order of the writes, so the history is
 * linearizable exactly if that order contradicts no real-time precedence (test-plan.md §4).
 */
public final class HistoryChecker {

    private final History history;
    private final List<Logged> log;
    private final Map<String, WriteSeen> writesById = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    private HistoryChecker(History history) {
        this.history = history;
        this.log = history.log();
        history.writes().forEach(write -> writesById.put(write.requestId(), write));
    }

    /** Returns what is wrong with a history; nothing if every promise was kept. */
    public static List<Violation> check(History history) {
        return new HistoryChecker(history).violations();
    }

    private List<Violation> violations() {
        replicasAgree();
        revisionsHaveNoGaps();
        nothingStandsTwice();
        everyRecordWasAskedFor();
        acknowledgedIsThere();
        refusedIsNotThere();
        orderIsRealTime();
        fencesGrow();
        ReadOrder.check(log, history, writesById).forEach(detail -> broken(Promise.FRESH_READS, detail));
        return List.copyOf(violations);
    }

    private void broken(Promise promise, String detail) {
        violations.add(new Violation(promise, detail));
    }

    private void replicasAgree() {
        history.logs().forEach((replica, other) -> {
            for (int i = 0; i < other.size(); i++) {
                if (!other.get(i).equals(log.get(i))) {
                    broken(
                            Promise.SAME_EVERYWHERE,
                            replica + " has " + other.get(i) + " where others have " + log.get(i));
                    return;
                }
            }
        });
    }

    private void revisionsHaveNoGaps() {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).revision() != i + 1) {
                broken(
                        Promise.SAME_EVERYWHERE,
                        "place " + (i + 1) + " of the log has revision "
                                + log.get(i).revision());
                return;
            }
        }
    }

    private void nothingStandsTwice() {
        Set<String> ids = new HashSet<>();
        Set<String> values = new HashSet<>();
        for (Logged record : log) {
            if (!ids.add(record.requestId())) {
                broken(Promise.EXACTLY_ONCE, "request id stands twice: " + record);
            }
            if (!values.add(record.value())) {
                broken(Promise.EXACTLY_ONCE, "value stands twice: " + record);
            }
        }
    }

    private void everyRecordWasAskedFor() {
        for (Logged record : log) {
            WriteSeen write = writesById.get(record.requestId());
            if (write == null
                    || !write.key().equals(record.key())
                    || !write.value().equals(record.value())) {
                broken(Promise.NO_PHANTOM, "nobody asked for " + record);
            }
        }
    }

    private void acknowledgedIsThere() {
        for (WriteSeen write : history.writes()) {
            if (write.end() instanceof Acknowledged(long revision)) {
                Logged record = at(revision);
                if (record == null || !record.requestId().equals(write.requestId())) {
                    broken(
                            Promise.NOTHING_ACKNOWLEDGED_IS_LOST,
                            "%s was acknowledged at revision %d, where the log has %s"
                                    .formatted(write.requestId(), revision, record));
                }
            }
        }
    }

    private @Nullable Logged at(long revision) {
        return revision >= 1 && revision <= log.size() ? log.get((int) revision - 1) : null;
    }

    private void refusedIsNotThere() {
        for (Logged record : log) {
            WriteSeen write = writesById.get(record.requestId());
            if (write != null && write.end() instanceof Refused) {
                broken(Promise.HONEST_REFUSAL, "the client was told that this is not applied: " + record);
            }
        }
    }

    /** Going up the log, nothing may have been answered before something below it began. */
    private void orderIsRealTime() {
        long latestStart = Long.MIN_VALUE;
        String latest = "";
        for (Logged record : log) {
            WriteSeen write = writesById.get(record.requestId());
            if (write == null) {
                continue;
            }
            if (write.completedAt() < latestStart) {
                broken(
                        Promise.REAL_TIME_ORDER,
                        "%s was answered before %s began, but stands after it".formatted(write.requestId(), latest));
            }
            if (write.invokedAt() > latestStart) {
                latestStart = write.invokedAt();
                latest = write.requestId();
            }
        }
    }

    private void fencesGrow() {
        Fence last = Fence.NONE;
        Logged before = null;
        for (Logged record : log) {
            boolean older = last.isNewerThan(record.fence());
            boolean shared = before != null
                    && record.fence().equals(last)
                    && !record.node().equals(before.node());
            if (older || shared) {
                broken(Promise.FENCES_GROW, record + " stands after " + before);
            }
            last = record.fence();
            before = record;
        }
    }
}
