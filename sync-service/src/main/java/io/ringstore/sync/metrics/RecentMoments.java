package io.ringstore.sync.metrics;

import io.ringstore.api.MomentMessage;
import io.ringstore.api.MomentsMessage;
import io.ringstore.api.NodeState;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.RingMoment;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The latest moments of this node, for whoever comes to look; nothing is kept while nobody does. */
public final class RecentMoments implements MomentListener {

    /** Old ones make room for new ones; several seconds of a busy ring, of which only some rotations are shown. */
    private static final int KEPT = 1_024;

    /** After the last question; somebody who watches asks several times a second. */
    private static final long WANTED_MILLIS = 5_000;

    private static final long MAX_WAIT_MILLIS = 2_000;

    private record Kept(long number, MomentMessage moment) {}

    private final String incarnation = UUID.randomUUID().toString();
    private final MomentMessages messages;
    private final Sampling sampling;
    private final Function<Fence, @Nullable String> storeOf;
    private final InstantSource clock;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private volatile long wantedUntil;
    private long number;

    /**
     * Keeps the moments of one node.
     *
     * @param nodes how many there are on the ring
     * @param storeOf the store node that answered the batch of a fence; null if none did
     */
    public RecentMoments(NodeId self, int nodes, Function<Fence, @Nullable String> storeOf, InstantSource clock) {
        this.messages = new MomentMessages(self);
        this.sampling = new Sampling(nodes);
        this.storeOf = storeOf;
        this.clock = clock;
    }

    @Override
    public void told(RingMoment moment) {
        long now = clock.millis();
        if (now < wantedUntil) {
            keep(now, moment);
        }
    }

    private synchronized void keep(long now, RingMoment moment) {
        Fence fence = fenceOf(moment);
        if (fence != null && !sampling.shows(fence, now)) {
            return;
        }
        String store = fence == null ? null : storeOf.apply(fence);
        messages.toMessage(now, moment, store).ifPresent(message -> {
            if (kept.size() == KEPT) {
                kept.removeFirst();
            }
            kept.addLast(new Kept(++number, message));
            notifyAll();
        });
    }

    /** The fence of what happens at every hop; null for what is always shown. */
    private static @Nullable Fence fenceOf(RingMoment moment) {
        return switch (moment) {
            case RingMoment.Stamped(Fence fence, var _) -> fence;
            case RingMoment.Passed(Fence fence, NodeId _) -> fence;
            case RingMoment.Copied(Fence fence, NodeId _) -> fence;
            case RingMoment.Entered(Fence fence, int _) -> fence;
            case RingMoment.Written(Fence fence, int _) -> fence;
            case RingMoment.Left(Fence fence, long _) -> fence;
            case RingMoment.Joined _,
                    RingMoment.Parked _,
                    RingMoment.Fenced _,
                    RingMoment.PassRefused _,
                    RingMoment.Blocked _,
                    RingMoment.Unblocked _,
                    RingMoment.Suspected _,
                    RingMoment.Cleared _,
                    RingMoment.Skipped _,
                    RingMoment.StaleTokenRefused _,
                    RingMoment.Claiming _,
                    RingMoment.EpochOpened _,
                    RingMoment.ClaimLost _ -> null;
        };
    }

    /**
     * Those with a greater number, oldest first.
     *
     * @param waitMillis for the first of them
     * @param state asked last, so that it is of after the moments
     */
    public MomentsMessage after(long seen, long waitMillis, Supplier<@Nullable NodeState> state) {
        MomentsMessage found = await(seen, Math.clamp(waitMillis, 0, MAX_WAIT_MILLIS));
        return new MomentsMessage(found.incarnation(), found.last(), found.moments(), state.get());
    }

    private synchronized MomentsMessage await(long seen, long waitMillis) {
        wantedUntil = clock.millis() + WANTED_MILLIS;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        try {
            for (long left = deadline - System.nanoTime();
                    number <= seen && left > 0;
                    left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        List<MomentMessage> moments = kept.stream()
                .filter(moment -> moment.number() > seen)
                .map(Kept::moment)
                .toList();
        return new MomentsMessage(incarnation, number, moments, null);
    }
}
