package io.ringstore.sync.metrics;

import io.ringstore.api.MomentMessage;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.RingMoment;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest moments of this node, for whoever comes to look. */
public final class RecentMoments implements MomentListener {

    /** Some seconds of a busy ring; old ones make room for new ones. */
    private static final int KEPT = 4_096;

    private record Kept(long number, long at, RingMoment moment) {}

    private final MomentMessages messages;
    private final InstantSource clock;
    private final Deque<Kept> kept = new ArrayDeque<>(KEPT);
    private long number;

    public RecentMoments(NodeId self, InstantSource clock) {
        this.messages = new MomentMessages(self);
        this.clock = clock;
    }

    @Override
    public synchronized void told(RingMoment moment) {
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(new Kept(++number, clock.millis(), moment));
    }

    /** Those with a greater number, oldest first. */
    public synchronized List<MomentMessage> after(long seen) {
        return kept.stream()
                .filter(moment -> moment.number() > seen)
                .map(moment -> messages.toMessage(moment.number(), moment.at(), moment.moment()))
                .toList();
    }
}
