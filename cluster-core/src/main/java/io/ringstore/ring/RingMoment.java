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

    /** The store refused a batch or a token because it has accepted something newer. */
    record Fenced(Fence fence, Fence newest) implements RingMoment {}

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
