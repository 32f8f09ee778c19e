package io.ringstore.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Goes through the values under a node, from a key on. */
final class KeyCursor<V> implements Iterator<V> {

    /** A branch, and which of its children comes after the one that is gone through. */
    private static final class Step<V> {
        private final KeyNode.Branch<V> branch;
        private int next;

        Step(KeyNode.Branch<V> branch, int next) {
            this.branch = branch;
            this.next = next;
        }
    }

    private final Deque<Step<V>> above = new ArrayDeque<>();
    private KeyNode.@Nullable Leaf<V> leaf;
    private int at;

    KeyCursor(KeyNode<V> root, String from, boolean inclusive) {
        KeyNode<V> node = root;
        while (node instanceof KeyNode.Branch<V> branch) {
            int child = branch.childOf(from);
            above.push(new Step<>(branch, child + 1));
            node = branch.child(child);
        }
        KeyNode.Leaf<V> first = (KeyNode.Leaf<V>) node;
        int found = first.search(0, from);
        at = found < 0 ? -1 - found : inclusive ? found : found + 1;
        leaf = first;
        skipEnd(first);
    }

    /** To the next leaf if this one is at its end; no leaf is empty but a root. */
    private void skipEnd(KeyNode.Leaf<V> current) {
        if (at < current.count) {
            return;
        }
        while (!above.isEmpty() && above.element().next == above.element().branch.count) {
            above.pop();
        }
        leaf = above.isEmpty() ? null : firstLeafUnder(above.element());
        at = 0;
    }

    private KeyNode.Leaf<V> firstLeafUnder(Step<V> step) {
        KeyNode<V> node = step.branch.child(step.next++);
        while (node instanceof KeyNode.Branch<V> branch) {
            above.push(new Step<>(branch, 1));
            node = branch.child(0);
        }
        return (KeyNode.Leaf<V>) node;
    }

    @Override
    public boolean hasNext() {
        return leaf != null;
    }

    @Override
    public V next() {
        KeyNode.Leaf<V> current = leaf;
        if (current == null) {
            throw new NoSuchElementException();
        }
        V value = current.value(at++);
        skipEnd(current);
        return value;
    }
}
