package io.ringstore.ledger;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.SequencedMap;
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

    /** The same deletions in the order of revisions. */
    private final SequencedMap<String, LogRecord> deletions = new LinkedHashMap<>();

    private long weight;

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
        weight += record.weight() - weightOf(newest(keyOf(record)));
        switch (record.change()) {
            case Operation.Put put -> {
                live.put(put.key(), record);
                if (deleted.remove(put.key()) != null) {
                    deletions.remove(put.key());
                }
            }
            case Operation.Delete delete -> {
                live.remove(delete.key());
                deleted.put(delete.key(), record);
                deletions.put(delete.key(), record);
            }
        }
    }

    /** Whether these may be applied so that all that is kept weighs no more than so much. What adds nothing always may. */
    boolean hasRoomFor(List<LogRecord> records, long room) {
        long growth = records.stream().mapToLong(this::growth).sum();
        return growth <= 0 || weight + growth <= room;
    }

    /** A deletion counts as none, whatever it weighs itself: it is how room is made. */
    private long growth(LogRecord record) {
        long growth = record.weight() - weightOf(newest(keyOf(record)));
        return record.change() instanceof Operation.Delete ? Math.min(0, growth) : growth;
    }

    private static long weightOf(@Nullable LogRecord record) {
        return record == null ? 0 : record.weight();
    }

    /** Of the newest record of each key; the same on replicas that hold the same. */
    long weight() {
        return weight;
    }

    /** Lets deletions up to a revision go: before it, those keys have no past any more. */
    void forgetDeletions(long upTo) {
        Iterator<LogRecord> oldest = deletions.values().iterator();
        while (oldest.hasNext()) {
            LogRecord deletion = oldest.next();
            if (deletion.revision() > upTo) {
                return;
            }
            oldest.remove();
            deleted.remove(keyOf(deletion));
            weight -= deletion.weight();
        }
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

    /** Live keys in their order, then the deletions in theirs. */
    List<LogRecord> all() {
        List<LogRecord> all = new ArrayList<>(live.size() + deletions.size());
        all.addAll(live.values());
        all.addAll(deletions.values());
        return all;
    }

    private static String keyOf(LogRecord record) {
        return record.change().key();
    }
}
