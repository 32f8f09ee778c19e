package io.ringstore.store.replication;

import java.util.Map;
import java.util.TreeMap;

/**
 * The state's hash at some applied indexes, the same ones on every replica, so that replicas can be compared while they
 * move on (P9).
 */
final class StateHashes {

    private static final int EVERY = 64;
    private static final int KEPT = 32;

    private final TreeMap<Long, Long> byIndex = new TreeMap<>();

    synchronized void note(long index, long hash) {
        if (index % EVERY == 0) {
            byIndex.put(index, hash);
            if (byIndex.size() > KEPT) {
                byIndex.pollFirstEntry();
            }
        }
    }

    synchronized void clear() {
        byIndex.clear();
    }

    synchronized Map<Long, Long> all() {
        return new TreeMap<>(byIndex);
    }
}
