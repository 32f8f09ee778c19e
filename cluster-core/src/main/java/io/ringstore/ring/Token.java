package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import java.util.OptionalLong;

/**
 * The circulating permit (ring-protocol.md §2.1).
 *
 * @param cluster name of the ring it belongs to
 * @param config id of the configuration whose node order the slots follow
 * @param clock the greatest hybrid logical timestamp the token has met
 */
public record Token(String cluster, long config, Fence fence, Slots slots, long clock) {

    public Token with(Fence newFence) {
        return new Token(cluster, config, newFence, slots, clock);
    }

    public Token with(Slots newSlots) {
        return new Token(cluster, config, fence, newSlots, clock);
    }

    /** Writes a node's own slot, and lets the token meet that node's clock. */
    public Token stamped(int index, OptionalLong oldest, long nodeClock) {
        return new Token(cluster, config, fence, slots.with(index, oldest), Math.max(clock, nodeClock));
    }

    public boolean isIdle() {
        return slots.areEmpty();
    }
}
