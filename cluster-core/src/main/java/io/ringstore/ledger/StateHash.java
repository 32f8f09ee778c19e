package io.ringstore.ledger;

/** A running 64-bit hash over everything that commands did, equal wherever the same was applied (invariant S11). */
final class StateHash {

    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private long hash;

    StateHash(long hash) {
        this.hash = hash;
    }

    long value() {
        return hash;
    }

    StateHash add(long number) {
        long mixed = (hash ^ number) * MULTIPLIER;
        hash = Long.rotateLeft(mixed ^ (mixed >>> 32), 23) + number;
        return this;
    }

    StateHash add(PayloadHash payload) {
        return add(payload.high()).add(payload.low());
    }

    StateHash add(String text) {
        return add(text.hashCode());
    }
}
