package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import java.util.OptionalLong;

/**
 * What a node says of itself, made by its own event loop (ring-protocol.md §4.5).
 *
 * @param phaseForMillis how long neither its phase nor the fence it has seen changed
 * @param blocked whether it could not reach the store, so that nobody waits for it (rule R5)
 * @param queued requests waiting
 * @param oldest timestamp of the oldest one
 * @param slots of the newest token it has met; all empty if none
 */
public record NodeReport(
        Fence seen,
        NodePhase phase,
        long phaseForMillis,
        boolean blocked,
        String incarnation,
        int queued,
        OptionalLong oldest,
        Slots slots) {

    /** Since when the oldest request waits, in milliseconds since 1970 by the store's clock; empty if none waits. */
    public OptionalLong waitingSince() {
        return oldest.isEmpty() ? oldest : OptionalLong.of(HybridClock.millisOf(oldest.getAsLong()));
    }

    /** Whether this node has the token that somebody who has seen {@code fence} is looking for. */
    boolean holdsAtLeast(Fence fence) {
        return phase.hasToken() && !fence.isNewerThan(seen);
    }
}
