package io.ringstore.simulation;

import io.ringstore.simulation.Happening.Compared;

/** S11: replicas that have applied the same have the same state. */
final class SameState implements Invariant {

    @Override
    public void check(Happening happening) {
        if (happening instanceof Compared(String replica, long hash, long hashOfOthers)) {
            require(
                    hash == hashOfOthers,
                    () -> "%s has %x where others have %x".formatted(replica, hash, hashOfOthers));
        }
    }
}
