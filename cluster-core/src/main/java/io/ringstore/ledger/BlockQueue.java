package io.ringstore.ledger;

import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * First in, first out; it stands in blocks, and a picture of it copies the list of the blocks only.
 *
 * <p>What is added to a block that a picture has too stands after all that the picture shows. Nothing is removed from
 * such a block, but from a copy, so that what is removed takes no memory once the picture is gone.
 */
final class BlockQueue<E> {

    private static final int CAPACITY = 256;

    private static final class Block<E> {
        private final @Nullable Object[] items;
        private boolean shared;

        Block(@Nullable Object[] items) {
            this.items = items;
        }

        @SuppressWarnings("unchecked") // nothing else is put there
        E item(int at) {
            return (E) Objects.requireNonNull(items[at]);
        }
    }

    private final ArrayDeque<Block<E>> blocks = new ArrayDeque<>();

    /** Where the first item stands in the first block. */
    private int head;

    private int size;

    void add(E item) {
        int at = (head + size) % CAPACITY;
        if (blocks.isEmpty() || at == 0) {
            blocks.add(new Block<>(new @Nullable Object[CAPACITY]));
        }
        blocks.getLast().items[at] = Objects.requireNonNull(item);
        size++;
    }

    /** The first item; null if there is none. */
    @Nullable
    E peek() {
        return size == 0 ? null : blocks.getFirst().item(head);
    }

    /** Removes the first item; there must be one. */
    void remove() {
        if (size == 0) {
            throw new NoSuchElementException();
        }
        Block<E> first = blocks.getFirst();
        if (first.shared) {
            blocks.removeFirst();
            first = new Block<>(first.items.clone());
            blocks.addFirst(first);
        }
        first.items[head++] = null;
        size--;
        if (head == CAPACITY) {
            blocks.removeFirst();
            head = 0;
        }
    }

    int size() {
        return size;
    }

    /** All items as they are now, whatever becomes of the queue; any thread may look at it that is told of it. */
    Collection<E> picture() {
        blocks.forEach(block -> block.shared = true);
        return new Picture<>(List.copyOf(blocks), head, size);
    }

    private static final class Picture<E> extends AbstractCollection<E> {
        private final List<Block<E>> blocks;
        private final int head;
        private final int size;

        Picture(List<Block<E>> blocks, int head, int size) {
            this.blocks = blocks;
            this.head = head;
            this.size = size;
        }

        @Override
        public Iterator<E> iterator() {
            return new Iterator<>() {
                private int gone;

                @Override
                public boolean hasNext() {
                    return gone < size;
                }

                @Override
                public E next() {
                    if (gone == size) {
                        throw new NoSuchElementException();
                    }
                    int at = head + gone++;
                    return blocks.get(at / CAPACITY).item(at % CAPACITY);
                }
            };
        }

        @Override
        public int size() {
            return size;
        }
    }
}
