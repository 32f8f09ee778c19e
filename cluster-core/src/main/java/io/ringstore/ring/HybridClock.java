package io.ringstore.ring;

/**
 * The node's hybrid logical clock (ring-protocol.md §6): 48 bits of milliseconds and a 16 bit counter.
 *
 * <p>Its milliseconds are the node's monotonic timer plus the offset learned from the store's answers; the node's wall
 * clock is never used.
 */
final class HybridClock {

    private static final int COUNTER_BITS = 16;

    private long offset;
    private long last;

    /** Learns what the store's time was when an answer arrived. */
    void learn(long storeTime, long now) {
        offset = storeTime - now;
    }

    /** A timestamp greater than every one this clock has made or met. */
    long next(long now) {
        last = Math.max(last + 1, Math.max(0, now + offset) << COUNTER_BITS);
        return last;
    }

    /** Milliseconds since 1970 by the store's clock. */
    static long millisOf(long timestamp) {
        return timestamp >> COUNTER_BITS;
    }

    void meet(long timestamp) {
        last = Math.max(last, timestamp);
    }

    /** The greatest timestamp made or met so far. */
    long latest() {
        return last;
    }
}
