package io.ringstore.sync.metrics;

import io.ringstore.api.MomentMessage;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.RingMoment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moments in the wire's words: those that tell the story of the token; the rest is in meters and logs. */
final class MomentMessages {

    private final String node;
    private @Nullable String claimReason;

    MomentMessages(NodeId node) {
        this.node = node.name();
    }

    /** @param store the store node that answered the batch of this fence, if one did */
    Optional<MomentMessage> toMessage(long at, RingMoment moment, @Nullable String store) {
        return Optional.ofNullable(
                switch (moment) {
                    case RingMoment.Stamped(Fence fence, var _) -> message(at, "stamped", fence, null, null);
                    case RingMoment.Passed(Fence fence, NodeId to) -> message(at, "passed", fence, to, null);
                    case RingMoment.Copied(Fence fence, NodeId to) -> message(at, "copied", fence, to, null);
                    case RingMoment.Entered(Fence fence, int size) -> message(at, "entered", fence, null, size);
                    case RingMoment.Written(Fence fence, int committed) ->
                        new MomentMessage(
                                at, node, "written", fence.epoch(), fence.hop(), null, committed, store, null);
                    case RingMoment.Left(Fence fence, long _) -> message(at, "left", fence, null, null);
                    case RingMoment.Suspected(NodeId peer) ->
                        new MomentMessage(at, node, "suspected", null, null, peer.name(), null, null, null);
                    case RingMoment.Claiming(long _, String reason) -> {
                        claimReason = reason;
                        yield null;
                    }
                    case RingMoment.EpochOpened(Fence fence) -> {
                        String reason = claimReason;
                        claimReason = null;
                        yield withReason(at, "claimed", fence, reason);
                    }
                    case RingMoment.Fenced(Fence fence, Fence newest) ->
                        withReason(at, "fenced", fence, "newest=" + newest);
                    case RingMoment.PassRefused(Fence fence, NodeId peer, Fence seen) ->
                        withReason(at, "fenced", fence, peer.name() + " had seen " + seen);
                    case RingMoment.Joined _,
                            RingMoment.Parked _,
                            RingMoment.Blocked _,
                            RingMoment.Unblocked _,
                            RingMoment.Cleared _,
                            RingMoment.Skipped _,
                            RingMoment.StaleTokenRefused _,
                            RingMoment.ClaimLost _ -> null;
                });
    }

    private MomentMessage message(long at, String event, Fence fence, @Nullable NodeId to, @Nullable Integer size) {
        return new MomentMessage(
                at, node, event, fence.epoch(), fence.hop(), to == null ? null : to.name(), size, null, null);
    }

    private MomentMessage withReason(long at, String event, Fence fence, @Nullable String reason) {
        return new MomentMessage(at, node, event, fence.epoch(), fence.hop(), null, null, null, reason);
    }
}
