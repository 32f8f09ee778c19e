package io.ringstore.client.watch;

import io.ringstore.api.RecordMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Those who wait for one key to change, once; guarded by the backlog's monitor. */
final class LongPolls {

    private final Map<String, Set<LongPoll>> byKey = new HashMap<>();
    private int count;

    /** @param after records up to this revision were seen already */
    record LongPoll(String key, long after, CompletableFuture<Change> change) {

        /** Two polls are never the same, though they wait for the same. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(change);
        }
    }

    int count() {
        return count;
    }

    void add(LongPoll poll) {
        byKey.computeIfAbsent(poll.key(), _ -> new LinkedHashSet<>()).add(poll);
        count++;
    }

    void remove(LongPoll poll) {
        Set<LongPoll> others = byKey.get(poll.key());
        if (others != null && others.remove(poll)) {
            count--;
            if (others.isEmpty()) {
                byKey.remove(poll.key());
            }
        }
    }

    /** Takes out those to whom a record is news. */
    List<LongPoll> takeConcerned(RecordMessage record) {
        List<LongPoll> concerned = byKey.getOrDefault(record.key(), Set.of()).stream()
                .filter(poll -> poll.after() < record.revision())
                .toList();
        concerned.forEach(this::remove);
        return concerned;
    }

    List<LongPoll> takeAll() {
        List<LongPoll> polls = new ArrayList<>();
        byKey.values().forEach(polls::addAll);
        byKey.clear();
        count = 0;
        return polls;
    }
}
