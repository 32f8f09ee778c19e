package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;

/** What people who watch the ring are told, in the order in which it happened at one node. */
public sealed interface RingMoment {

    record Joined(Fence seen) implements RingMoment {}

    record Stamped(Fence fence, Slots slots) implements RingMoment {}

    record Passed(Fence fence, NodeId to) implements RingMoment {}

    record Copied(Fence fence, NodeId to) implements RingMoment {}

    record Parked(Fence fence) implements RingMoment {}

    /**
     * Entered the critical section.
     *
     * @param batchSize requests in its batch
     */
    record Entered(Fence fence, int batchSize) implements RingMoment {}

    /**
     * The store has answered.
     *
     * @param committed how many requests it applied, now or earlier
     */
    record Written(Fence fence, int committed) implements RingMoment {}

    record Left(Fence fence, long criticalMillis) implements RingMoment {}

    /**
     * The store refused a batch, or some of its writes.
     *
     * @param newest what the store has accepted last; the batch's own fence if an earlier attempt was accepted, of which it
     *     had refused those writes
     */
    record Fenced(Fence fence, Fence newest) implements RingMoment {}

    /**
     * A peer did not take the token of this fence, because it has seen this one or a newer one: somebody who thought this
     * node silent went past it, and that token goes on.
     */
    record PassRefused(Fence fence, NodeId peer, Fence seen) implements RingMoment {}

    /** The store did not answer for T_yield; the node gives way (rule R5). */
    record Blocked(Fence fence) implements RingMoment {}

    record Unblocked(long blockedMillis) implements RingMoment {}

    record Suspected(NodeId peer) implements RingMoment {}

    record Cleared(NodeId peer) implements RingMoment {}

    record Skipped(Fence fence, NodeId peer) implements RingMoment {}

    record StaleTokenRefused(Fence fence, Fence seen) implements RingMoment {}

    record Claiming(long expectEpoch, String reason) implements RingMoment {}

    record EpochOpened(Fence fence) implements RingMoment {}

    record ClaimLost(Fence newest) implements RingMoment {}
}
