package io.ringstore.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each key holds now: the record that last put it, in the order of the keys. */
final class KeyView {

    private final NavigableMap<String, LogRecord> latest = new TreeMap<>();

    @Nullable
    LogRecord get(String key) {
        return latest.get(key);
    }

    void apply(LogRecord record) {
        switch (record.entry().write().operation()) {
            case Operation.Put put -> latest.put(put.key(), record);
            case Operation.Delete delete -> latest.remove(delete.key());
        }
    }

    /** The first {@code limit} keys with a prefix, after a key if one is given. */
    List<LogRecord> list(String prefix, @Nullable String after, int limit) {
        boolean fromAfter = after != null && after.compareTo(prefix) >= 0;
        NavigableMap<String, LogRecord> tail = fromAfter ? latest.tailMap(after, false) : latest.tailMap(prefix, true);
        List<LogRecord> found = new ArrayList<>();
        for (var entry : tail.entrySet()) {
            if (found.size() == limit || !entry.getKey().startsWith(prefix)) {
                break;
            }
            found.add(entry.getValue());
        }
        return found;
    }

    int size() {
        return latest.size();
    }

    List<LogRecord> all() {
        return new ArrayList<>(latest.values());
    }
}
