package io.ringstore.client.watch;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Who wants the keys with which prefix, found in as many steps as there are lengths of prefixes; guarded by the hub. */
final class Wanted<W> {

    private final Map<String, Set<W>> byPrefix = new HashMap<>();
    private final NavigableMap<Integer, Integer> prefixesByLength = new TreeMap<>();

    void add(String prefix, W who) {
        byPrefix.computeIfAbsent(prefix, added -> {
                    prefixesByLength.merge(added.length(), 1, Integer::sum);
                    return new LinkedHashSet<>();
                })
                .add(who);
    }

    void remove(String prefix, W who) {
        Set<W> others = byPrefix.get(prefix);
        if (others != null && others.remove(who) && others.isEmpty()) {
            byPrefix.remove(prefix);
            prefixesByLength.computeIfPresent(prefix.length(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    void forEachOf(String key, Consumer<W> action) {
        for (int length : prefixesByLength.headMap(key.length(), true).keySet()) {
            byPrefix.getOrDefault(key.substring(0, length), Set.of()).forEach(action);
        }
    }
}
