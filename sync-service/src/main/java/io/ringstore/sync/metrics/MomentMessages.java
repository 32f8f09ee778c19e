package io.ringstore.sync.metrics;

import io.ringstore.api.FenceMessage;
import io.ringstore.api.MomentMessage;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.RingMoment;
import io.ringstore.sync.wire.TokenMessages;
import org.jspecify.annotations.Nullable;

/** Moments in the wire's words. */
final class MomentMessages {

    private final String node;

    MomentMessages(NodeId node) {
        this.node = node.name();
    }

    MomentMessage toMessage(long number, long at, RingMoment moment) {
        return switch (moment) {
            case RingMoment.Joined(Fence seen) -> message(number, at, "joined", seen, null, null);
            case RingMoment.Stamped(Fence fence, var slots) ->
                message(number, at, "stamped", fence, null, slots.toString());
            case RingMoment.Passed(Fence fence, NodeId to) -> message(number, at, "passed", fence, to, null);
            case RingMoment.Copied(Fence fence, NodeId to) -> message(number, at, "copied", fence, to, null);
            case RingMoment.Parked(Fence fence) -> message(number, at, "parked", fence, null, null);
            case RingMoment.Entered(Fence fence, int size) ->
                message(number, at, "entered", fence, null, "batch=" + size);
            case RingMoment.Written(Fence fence, int committed) ->
                message(number, at, "written", fence, null, "committed=" + committed);
            case RingMoment.Left(Fence fence, long millis) -> message(number, at, "left", fence, null, "ms=" + millis);
            case RingMoment.Fenced(Fence fence, Fence newest) ->
                message(number, at, "fenced", fence, null, "newest=" + newest);
            case RingMoment.Blocked(Fence fence) -> message(number, at, "blocked", fence, null, null);
            case RingMoment.Unblocked(long millis) -> message(number, at, "unblocked", null, null, "ms=" + millis);
            case RingMoment.Suspected(NodeId peer) -> message(number, at, "suspected", null, peer, null);
            case RingMoment.Cleared(NodeId peer) -> message(number, at, "cleared", null, peer, null);
            case RingMoment.Skipped(Fence fence, NodeId peer) -> message(number, at, "skipped", fence, peer, null);
            case RingMoment.StaleTokenRefused(Fence fence, Fence seen) ->
                message(number, at, "stale", fence, null, "seen=" + seen);
            case RingMoment.Claiming(long epoch, String reason) ->
                message(number, at, "claiming", new Fence(epoch, Fence.NO_HOP), null, "reason=" + reason);
            case RingMoment.EpochOpened(Fence fence) -> message(number, at, "claimed", fence, null, null);
            case RingMoment.ClaimLost(Fence newest) -> message(number, at, "claim-lost", newest, null, null);
        };
    }

    private MomentMessage message(
            long number, long at, String event, @Nullable Fence fence, @Nullable NodeId peer, @Nullable String detail) {
        FenceMessage fenceMessage = fence == null ? null : TokenMessages.toMessage(fence);
        return new MomentMessage(number, at, node, event, fenceMessage, peer == null ? null : peer.name(), detail);
    }
}
