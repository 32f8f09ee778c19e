package io.ringstore.ledger;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node of a {@link KeyTree}; it may be changed only in the era in which it was made, and is copied in later ones. */
abstract sealed class KeyNode<V> {

    /** So many that a tree of a million keys is four nodes high, so few that copying one is cheap. */
    static final int CAPACITY = 64;

    private final long era;
    final @Nullable String[] keys;
    int count;

    private KeyNode(long era, @Nullable String[] keys, int count) {
        this.era = era;
        this.keys = keys;
        this.count = count;
    }

    abstract @Nullable V get(String key);

    /** Only of a node of this era that is not full. */
    abstract @Nullable V put(long now, String key, V value);

    /** Only of a node of this era that has the key. */
    abstract @Nullable V remove(long now, String key);

    /** The values, of a leaf, or the children. */
    abstract @Nullable Object[] items();

    abstract KeyNode<V> with(long itsEra, @Nullable String[] itsKeys, @Nullable Object[] itsItems, int itsCount);

    /** Whether the key cannot be put here before the node is split. */
    boolean isFullFor(String key) {
        return count == CAPACITY;
    }

    /** This node, or else a copy that may be changed. */
    KeyNode<V> in(long now) {
        return era == now ? this : with(now, keys.clone(), items().clone(), count);
    }

    /** Moves the upper half to a node of its own; all but the last stay if a key is coming that is beyond it. */
    KeyNode<V> split(long now, String coming) {
        int kept = coming.compareTo(key(count - 1)) > 0 ? count - 1 : count / 2;
        var upperKeys = new @Nullable String[CAPACITY];
        var upperItems = new @Nullable Object[CAPACITY];
        System.arraycopy(keys, kept, upperKeys, 0, count - kept);
        System.arraycopy(items(), kept, upperItems, 0, count - kept);
        KeyNode<V> upper = with(now, upperKeys, upperItems, count - kept);
        Arrays.fill(keys, kept, count, null);
        Arrays.fill(items(), kept, count, null);
        count = kept;
        return upper;
    }

    String key(int at) {
        return Objects.requireNonNull(keys[at]);
    }

    /** Where the key stands among those from one on, or else -1 - where it would. */
    int search(int from, String key) {
        int low = from;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = key(middle).compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    void insert(int at, String key, Object item) {
        System.arraycopy(keys, at, keys, at + 1, count - at);
        System.arraycopy(items(), at, items(), at + 1, count - at);
        keys[at] = key;
        items()[at] = item;
        count++;
    }

    void delete(int at) {
        count--;
        System.arraycopy(keys, at + 1, keys, at, count - at);
        System.arraycopy(items(), at + 1, items(), at, count - at);
        keys[count] = null;
        items()[count] = null;
    }

    /** Keys with their values. */
    static final class Leaf<V> extends KeyNode<V> {
        private final @Nullable Object[] values;

        Leaf(long era) {
            this(era, new @Nullable String[CAPACITY], new @Nullable Object[CAPACITY], 0);
        }

        private Leaf(long era, @Nullable String[] keys, @Nullable Object[] values, int count) {
            super(era, keys, count);
            this.values = values;
        }

        @SuppressWarnings("unchecked") // nothing else is put there
        V value(int at) {
            return (V) Objects.requireNonNull(values[at]);
        }

        @Override
        boolean isFullFor(String key) {
            return super.isFullFor(key) && search(0, key) < 0;
        }

        @Override
        @Nullable
        V get(String key) {
            int at = search(0, key);
            return at < 0 ? null : value(at);
        }

        @Override
        @Nullable
        V put(long now, String key, V value) {
            int at = search(0, key);
            if (at < 0) {
                insert(-1 - at, key, Objects.requireNonNull(value));
                return null;
            }
            V before = value(at);
            keys[at] = key; // or the text of the record that is replaced would stay as well
            values[at] = value;
            return before;
        }

        @Override
        @Nullable
        V remove(long now, String key) {
            int at = search(0, key);
            V before = value(at);
            delete(at);
            return before;
        }

        @Override
        @Nullable
        Object[] items() {
            return values;
        }

        @Override
        KeyNode<V> with(long itsEra, @Nullable String[] itsKeys, @Nullable Object[] itsItems, int itsCount) {
            return new Leaf<>(itsEra, itsKeys, itsItems, itsCount);
        }
    }

    /** Nodes, each with a key that none of its own is below; that of the first means nothing. */
    static final class Branch<V> extends KeyNode<V> {
        private final @Nullable Object[] children;

        /** Above a root that is full. */
        Branch(long era, KeyNode<V> child) {
            this(era, new @Nullable String[CAPACITY], new @Nullable Object[CAPACITY], 0);
            insert(0, child.key(0), child);
        }

        private Branch(long era, @Nullable String[] keys, @Nullable Object[] children, int count) {
            super(era, keys, count);
            this.children = children;
        }

        @SuppressWarnings("unchecked") // nothing else is put there
        KeyNode<V> child(int at) {
            return (KeyNode<V>) Objects.requireNonNull(children[at]);
        }

        /** Which child a key belongs to. */
        int childOf(String key) {
            int at = search(1, key);
            return at >= 0 ? at : -2 - at;
        }

        private KeyNode<V> childIn(long now, int at) {
            KeyNode<V> child = child(at).in(now);
            children[at] = child;
            return child;
        }

        @Override
        @Nullable
        V get(String key) {
            return child(childOf(key)).get(key);
        }

        @Override
        @Nullable
        V put(long now, String key, V value) {
            int at = childOf(key);
            KeyNode<V> child = childIn(now, at);
            if (child.isFullFor(key)) {
                KeyNode<V> upper = child.split(now, key);
                insert(at + 1, upper.key(0), upper);
                child = key.compareTo(upper.key(0)) < 0 ? child : upper;
            }
            return child.put(now, key, value);
        }

        @Override
        @Nullable
        V remove(long now, String key) {
            int at = childOf(key);
            KeyNode<V> child = childIn(now, at);
            V before = child.remove(now, key);
            if (child.count == 0) {
                delete(at);
            }
            return before;
        }

        @Override
        @Nullable
        Object[] items() {
            return children;
        }

        @Override
        KeyNode<V> with(long itsEra, @Nullable String[] itsKeys, @Nullable Object[] itsItems, int itsCount) {
            return new Branch<>(itsEra, itsKeys, itsItems, itsCount);
        }
    }
}
