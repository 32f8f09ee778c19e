package io.ringstore.simulation;

/** A claim about a cluster of which a part has healed, made at that moment (L1 to L5). */
interface Liveness extends Invariant {

    /** From now on nobody wants anything, and whoever lost a takeover has had the time to find out. */
    default void quiet() {}

    /** Nothing happens any more; what should have happened has, or did not. */
    default void end() {}
}
