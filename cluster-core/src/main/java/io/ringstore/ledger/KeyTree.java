package io.ringstore.ledger;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, in the order of the keys, of which a picture can be had at once, however many they are.
 *
 * <p>A B+ tree: nobody changes a node that a picture has too, but a copy of it. A node goes when it is empty and is
 * never merged, so that removing costs little; the tree takes no more memory than when it held the most.
 */
final class KeyTree<V> {

    /** Since the latest picture, which has none of the nodes that were made since. */
    private long era;

    private KeyNode<V> root = new KeyNode.Leaf<>(era);
    private int size;

    @Nullable
    V get(String key) {
        return root.get(key);
    }

    /** What the key had before, null if nothing. */
    @Nullable
    V put(String key, V value) {
        root = root.in(era);
        if (root.isFullFor(key)) {
            root = new KeyNode.Branch<>(era, root);
        }
        V before = root.put(era, key, value);
        size += before == null ? 1 : 0;
        return before;
    }

    /** What the key had, null if nothing. */
    @Nullable
    V remove(String key) {
        if (root.get(key) == null) { // nothing is copied then
            return null;
        }
        root = root.in(era);
        V before = root.remove(era, key);
        size--;
        while (root instanceof KeyNode.Branch<V> branch && branch.count < 2) {
            root = branch.child(0);
        }
        return before;
    }

    int size() {
        return size;
    }

    /** The values from a key on; the tree must not change meanwhile. */
    Iterator<V> from(String key, boolean inclusive) {
        return new KeyCursor<>(root, key, inclusive);
    }

    /** All values as they are now, whatever becomes of the tree; any thread may look at it that is told of it. */
    Collection<V> picture() {
        era++;
        return new Picture<>(root, size);
    }

    private static final class Picture<V> extends AbstractCollection<V> {
        private final KeyNode<V> root;
        private final int size;

        Picture(KeyNode<V> root, int size) {
            this.root = root;
            this.size = size;
        }

        @Override
        public Iterator<V> iterator() {
            return new KeyCursor<>(root, "", true);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
