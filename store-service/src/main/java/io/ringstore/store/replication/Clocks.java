package io.ringstore.store.replication;

import java.util.List;

/** How far the clocks of store nodes may be apart (§8.5). */
final class Clocks {

    private static final long TOLERANCE_MS = 5_000;

    private Clocks() {}

    static boolean areFar(long mine, ReplicaDigest other) {
        return Math.abs(other.clock() - mine) > TOLERANCE_MS;
    }

    /** Whether this clock is far away from every other one; with a single other one nobody knows which is odd. */
    static boolean isOdd(long mine, List<ReplicaDigest> others) {
        return others.size() > 1 && others.stream().allMatch(other -> areFar(mine, other));
    }
}
