package io.ringstore.history;

import io.ringstore.history.Observation.ReadSeen;
import io.ringstore.history.Observation.WriteSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Places every read at a point of the log, as early as real time allows, and finds those that fit nowhere.
 *
 * <p>A read that saw a key at revision r fits after r and before the key's next write. It must not fit before anything
 * that was answered, or any read that ended, before it began; nor after anything that began when it was over.
 */
final class ReadOrder {

    private final Map<String, NavigableMap<Long, Logged>> byKey = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    private ReadOrder(List<Logged> log) {
        log.forEach(record ->
                byKey.computeIfAbsent(record.key(), _ -> new TreeMap<>()).put(record.revision(), record));
    }

    static List<String> check(List<Logged> log, History history, Map<String, WriteSeen> writesById) {
        ReadOrder order = new ReadOrder(log);
        order.place(log, history.reads(), writesById);
        return order.broken;
    }

    private record Bound(long time, long revision) {}

    private void place(List<Logged> log, List<ReadSeen> reads, Map<String, WriteSeen> writesById) {
        List<Bound> answered = new ArrayList<>();
        List<Bound> begun = new ArrayList<>();
        for (Logged record : log) {
            WriteSeen write = writesById.get(record.requestId());
            if (write != null) {
                answered.add(new Bound(write.completedAt(), record.revision()));
                begun.add(new Bound(write.invokedAt(), record.revision()));
            }
        }
        NavigableMap<Long, Long> firstBegunAfter = firstBegunAfter(begun);
        PriorityQueue<Bound> floors = new PriorityQueue<>(Comparator.comparingLong(Bound::time));
        floors.addAll(answered);
        long floor = 0;
        for (ReadSeen read : reads.stream()
                .sorted(Comparator.comparingLong(ReadSeen::invokedAt))
                .toList()) {
            while (!floors.isEmpty() && floors.element().time() < read.invokedAt()) {
                floor = Math.max(floor, floors.remove().revision());
            }
            long earliest = Math.max(floor, read.revision());
            var future = firstBegunAfter.higherEntry(read.completedAt());
            long latest = Math.min(nextWrite(read) - 1, future == null ? Long.MAX_VALUE : future.getValue() - 1);
            if (!sawWhatTheLogHas(read) || earliest > latest) {
                broken.add("%s fits nowhere: not before revision %d, not after %d".formatted(read, earliest, latest));
            } else {
                floors.add(new Bound(read.completedAt(), earliest));
            }
        }
    }

    /** For each time at which a write began, the smallest revision of those that began then or later. */
    private static NavigableMap<Long, Long> firstBegunAfter(List<Bound> begun) {
        NavigableMap<Long, Long> first = new TreeMap<>();
        long smallest = Long.MAX_VALUE;
        for (Bound bound : begun.stream()
                .sorted(Comparator.comparingLong(Bound::time).reversed())
                .toList()) {
            smallest = Math.min(smallest, bound.revision());
            first.put(bound.time(), smallest);
        }
        return first;
    }

    private boolean sawWhatTheLogHas(ReadSeen read) {
        if (read.revision() == 0) {
            return true;
        }
        Logged record = byKey.getOrDefault(read.key(), new TreeMap<>()).get(read.revision());
        return record != null && record.value().equals(read.value());
    }

    private long nextWrite(ReadSeen read) {
        Long next = byKey.getOrDefault(read.key(), new TreeMap<>()).higherKey(read.revision());
        return next == null ? Long.MAX_VALUE : next;
    }
}
