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

/**
 * Finds every broken promise of a history without searching: the log gives the order of the writes, so the history is
 * linearizable exactly if that order contradicts no real-time precedence (test-plan.md §4).
 */
public final class HistoryChecker {

    private final History history;
    private final List<Logged> log;
    private final Map<Long, List<Logged>> byRevision = new HashMap<>();

    /** One of each request. */
    private final Map<String, WriteSeen> writesById = new HashMap<>();

    /** All of each request, by key. */
    private final Map<String, Map<String, WriteSeen>> asked = new HashMap<>();

    private final List<Violation> violations = new ArrayList<>();

    private HistoryChecker(History history) {
        this.history = history;
        this.log = history.log();
        log.forEach(record -> byRevision
                .computeIfAbsent(record.revision(), _ -> new ArrayList<>())
                .add(record));
        history.writes().forEach(write -> {
            writesById.put(write.requestId(), write);
            asked.computeIfAbsent(write.requestId(), _ -> new HashMap<>()).put(write.key(), write);
        });
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
        transactionsAreWhole();
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
        long last = history.after();
        for (Logged record : log) {
            if (record.revision() != last && record.revision() != last + 1) {
                broken(Promise.SAME_EVERYWHERE, "revision " + last + " is followed by " + record);
                return;
            }
            last = record.revision();
        }
    }

    private void nothingStandsTwice() {
        Map<String, Logged> first = new HashMap<>();
        Set<String> values = new HashSet<>();
        for (Logged record : log) {
            Logged before = first.putIfAbsent(record.requestId(), record);
            if (before != null && before.revision() != record.revision()) {
                broken(Promise.EXACTLY_ONCE, "request id stands at two revisions: " + before + " and " + record);
            }
            if (!values.add(record.value())) {
                broken(Promise.EXACTLY_ONCE, "value stands twice: " + record);
            }
        }
    }

    private void everyRecordWasAskedFor() {
        for (Logged record : log) {
            WriteSeen write = asked.getOrDefault(record.requestId(), Map.of()).get(record.key());
            if (write == null || !write.value().equals(record.value())) {
                broken(Promise.NO_PHANTOM, "nobody asked for " + record);
            }
        }
    }

    /** What stands at a revision is all of what one request asked for. */
    private void transactionsAreWhole() {
        byRevision.forEach((revision, records) -> {
            Set<String> ids = new HashSet<>();
            Set<String> keys = new HashSet<>();
            records.forEach(record -> {
                ids.add(record.requestId());
                keys.add(record.key());
            });
            String id = records.getFirst().requestId();
            if (ids.size() > 1 || !keys.equals(asked.getOrDefault(id, Map.of()).keySet())) {
                broken(Promise.ALL_OR_NOTHING, "revision " + revision + " is not all of one request: " + records);
            }
        });
    }

    private void acknowledgedIsThere() {
        for (WriteSeen write : history.writes()) {
            if (write.end() instanceof Acknowledged(long revision)) {
                List<Logged> records = byRevision.getOrDefault(revision, List.of());
                boolean there = records.stream()
                        .anyMatch(record -> record.requestId().equals(write.requestId())
                                && record.key().equals(write.key()));
                if (!there) {
                    broken(
                            Promise.NOTHING_ACKNOWLEDGED_IS_LOST,
                            "%s was acknowledged at revision %d, where the log has %s"
                                    .formatted(write.requestId(), revision, records));
                }
            }
        }
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
