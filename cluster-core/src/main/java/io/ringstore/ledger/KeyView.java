package io.ringstore.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of each key, in the order of the keys.
 *
 * <p>Deletions stay until they are let go: who asks for the past of a deleted key starts from there.
 */
final class KeyView {

    private final NavigableMap<String, LogRecord> live = new TreeMap<>();
    private final NavigableMap<String, LogRecord> deleted = new TreeMap<>();

    /** Every deletion that is not let go, in the order of revisions; some of their keys may be live again. */
    private final Queue<LogRecord> deletions = new ArrayDeque<>();

    /** What the key holds now: the record that put it, null if the key does not exist. */
    @Nullable
    LogRecord get(String key) {
        return live.get(key);
    }

    /** The newest record of a key, be it a deletion. */
    @Nullable
    LogRecord newest(String key) {
        LogRecord put = live.get(key);
        return put == null ? deleted.get(key) : put;
    }

    void apply(LogRecord record) {
        switch (record.change()) {
            case Operation.Put put -> {
                live.put(put.key(), record);
                deleted.remove(put.key());
            }
            case Operation.Delete delete -> {
                live.remove(delete.key());
                deleted.put(delete.key(), record);
                deletions.add(record);
            }
        }
    }

    /** Lets deletions up to a revision go: before it, those keys have no past any more. */
    void forgetDeletions(long upTo) {
        for (LogRecord oldest = deletions.peek();
                oldest != null && oldest.revision() <= upTo;
                oldest = deletions.peek()) {
            deletions.remove();
            if (isCurrent(oldest)) {
                deleted.remove(keyOf(oldest));
            }
        }
    }

    /** Whether nothing happened to the key since. */
    private boolean isCurrent(LogRecord deletion) {
        LogRecord newest = deleted.get(keyOf(deletion));
        return newest != null && newest.revision() == deletion.revision();
    }

    /** The newest record of each of the first {@code limit} keys with a prefix, after a key if one is given. */
    List<LogRecord> newest(String prefix, @Nullable String after, int limit) {
        List<LogRecord> puts = first(live, prefix, after, limit);
        List<LogRecord> gone = first(deleted, prefix, after, limit);
        List<LogRecord> found = new ArrayList<>(Math.min(limit, puts.size() + gone.size()));
        int put = 0;
        int deletion = 0;
        while (found.size() < limit && put + deletion < puts.size() + gone.size()) {
            boolean takePut = deletion == gone.size()
                    || (put < puts.size() && keyOf(puts.get(put)).compareTo(keyOf(gone.get(deletion))) < 0);
            found.add(takePut ? puts.get(put++) : gone.get(deletion++));
        }
        return found;
    }

    private static List<LogRecord> first(
            NavigableMap<String, LogRecord> keys, String prefix, @Nullable String after, int limit) {
        boolean fromAfter = after != null && after.compareTo(prefix) >= 0;
        NavigableMap<String, LogRecord> tail = fromAfter ? keys.tailMap(after, false) : keys.tailMap(prefix, true);
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
        return live.size();
    }

    /** Live keys in their order, then the deletions that matter in theirs. */
    List<LogRecord> all() {
        List<LogRecord> all = new ArrayList<>(live.values());
        for (LogRecord deletion : deletions) {
            if (isCurrent(deletion)) {
                all.add(deletion);
            }
        }
        return all;
    }

    private static String keyOf(LogRecord record) {
        return record.change().key();
    }
}
