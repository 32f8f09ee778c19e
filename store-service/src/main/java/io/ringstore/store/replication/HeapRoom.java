package io.ringstore.store.replication;

/** How much of a store node's heap there is for keys. */
final class HeapRoom {

    /** New objects, a full table of request ids, what transactions read, and the program itself. */
    private static final long OTHERS = 268L << 20;

    private HeapRoom() {}

    /**
     * Three quarters of what others leave: a heap without slack is one that is only collected.
     *
     * @return bytes, by {@link io.ringstore.ledger.Stamp#room}
     */
    static long of(long heap) {
        return Math.max(heap / 8, (heap - OTHERS) / 4 * 3);
    }
}
