package io.ringstore.ledger;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where request ids are: a table of hashes with linear probing, which takes no object for each.
 *
 * <p>A slot has 24 bits of the hash, which is enough for {@link #MOST}, and 40 of the place; an empty one is 0.
 */
final class RequestIndex {

    /** So many ids fit. */
    static final int MOST = (1 << 24) / 3 * 2;

    private static final int PLACE_BITS = 40;
    private static final long PLACE = (1L << PLACE_BITS) - 1;

    private long[] slots = new long[64];
    private int size;

    int size() {
        return size;
    }

    /** Adds one that is not there, at a place that is not 0 and has 40 bits. */
    void put(RequestId id, long place) {
        if (3L * (size + 1) > 2L * slots.length) {
            grow();
        }
        insert((long) hash(id) << PLACE_BITS | place);
        size++;
    }

    /** Fibonacci's multiplier spreads what differs in few bits. */
    private static int hash(RequestId id) {
        return (id.hashCode() * 0x9E3779B9) >>> 8;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (long slot : before) {
            if (slot != 0) {
                insert(slot);
            }
        }
    }

    private void insert(long slot) {
        int at = home(slot);
        while (slots[at] != 0) {
            at = after(at);
        }
        slots[at] = slot;
    }

    private int home(long slot) {
        return (int) (slot >>> PLACE_BITS) & slots.length - 1;
    }

    private int after(int at) {
        return at + 1 & slots.length - 1;
    }

    /** What is said of the first place of an id's hash of which something is said; null if of none. */
    <T> @Nullable T find(RequestId id, LongFunction<@Nullable T> at) {
        long hash = hash(id);
        for (int i = home(hash << PLACE_BITS); slots[i] != 0; i = after(i)) {
            T found = slots[i] >>> PLACE_BITS == hash ? at.apply(slots[i] & PLACE) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Removes one that is there. */
    void remove(RequestId id, long place) {
        long slot = (long) hash(id) << PLACE_BITS | place;
        int at = home(slot);
        while (slots[at] != slot) {
            if (slots[at] == 0) {
                throw new IllegalStateException(id + " is not there");
            }
            at = after(at);
        }
        close(at);
        size--;
    }

    /** Moves what stands behind a hole into it, if it would not be found beyond. */
    private void close(int hole) {
        int at = hole;
        for (int next = after(at); slots[next] != 0; next = after(next)) {
            int fromHome = next - home(slots[next]) & slots.length - 1;
            int fromHole = next - at & slots.length - 1;
            if (fromHome >= fromHole) {
                slots[at] = slots[next];
                at = next;
            }
        }
        slots[at] = 0;
    }
}
