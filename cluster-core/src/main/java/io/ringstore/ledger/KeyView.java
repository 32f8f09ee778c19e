package io.ringstore.ledger;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of each key, in the order of the keys.
 *
 * <p>Deletions stay until they are let go: who asks for the past of a deleted key starts from there.
 */
final class KeyView {

    private final KeyTree<LogRecord> newest = new KeyTree<>();

    /** Those that are deletions, in the order of revisions. */
    private final SequencedMap<String, LogRecord> deletions = new LinkedHashMap<>();

    private long weight;

    /** What the key holds now: the record that put it, null if the key does not exist. */
    @Nullable
    LogRecord get(String key) {
        LogRecord record = newest.get(key);
        return record == null || isDeletion(record) ? null : record;
    }

    /** The newest record of a key, be it a deletion. */
    @Nullable
    LogRecord newest(String key) {
        return newest.get(key);
    }

    void apply(LogRecord record) {
        String key = keyOf(record);
        LogRecord before = newest.put(key, record);
        weight += record.weight() - weightOf(before);
        if (before != null && isDeletion(before)) {
            deletions.remove(key);
        }
        if (isDeletion(record)) {
            deletions.put(key, record);
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
        return isDeletion(record) ? Math.min(0, growth) : growth;
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
            newest.remove(keyOf(deletion));
            weight -= deletion.weight();
        }
    }

    /** The newest record of each of the first {@code limit} keys with a prefix, after a key if one is given. */
    List<LogRecord> newest(String prefix, @Nullable String after, int limit) {
        Iterator<LogRecord> tail =
                after == null || after.compareTo(prefix) < 0 ? newest.from(prefix, true) : newest.from(after, false);
        List<LogRecord> found = new ArrayList<>();
        while (found.size() < limit && tail.hasNext()) {
            LogRecord record = tail.next();
            if (!keyOf(record).startsWith(prefix)) {
                break;
            }
            found.add(record);
        }
        return found;
    }

    int size() {
        return newest.size() - deletions.size();
    }

    /** Live keys in their order, then the deletions in theirs; as they are now, whatever becomes of this view. */
    Collection<LogRecord> picture() {
        return new Picture(newest.picture());
    }

    /** Sorts only when it is gone through, which whoever writes a snapshot does beside the one who applies. */
    private static final class Picture extends AbstractCollection<LogRecord> {
        private static final Comparator<LogRecord> BY_PLACE = Comparator.comparingLong(LogRecord::revision)
                .thenComparingInt(record -> record.place().part());

        private final Collection<LogRecord> byKey;

        Picture(Collection<LogRecord> byKey) {
            this.byKey = byKey;
        }

        @Override
        public Iterator<LogRecord> iterator() {
            Stream<LogRecord> live = byKey.stream().filter(record -> !isDeletion(record));
            Stream<LogRecord> deletions =
                    byKey.stream().filter(KeyView::isDeletion).sorted(BY_PLACE);
            return Stream.concat(live, deletions).iterator();
        }

        @Override
        public int size() {
            return byKey.size();
        }
    }

    private static boolean isDeletion(LogRecord record) {
        return record.change() instanceof Operation.Delete;
    }

    private static String keyOf(LogRecord record) {
        return record.change().key();
    }
}
