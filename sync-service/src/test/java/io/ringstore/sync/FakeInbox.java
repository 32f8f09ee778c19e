package io.ringstore.sync;

import io.ringstore.cluster.Fence;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.NodeReport;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.Slots;
import io.ringstore.sync.loop.RingInbox;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A loop that answers as it is told, and remembers what came in. */
public final class FakeInbox implements RingInbox {

    public static final PeerReply REPORT = new PeerReply.Report(new NodeReport(
            new Fence(7, 3), NodePhase.IDLE, 5, false, "incarnation", 0, OptionalLong.empty(), Slots.empty(3)));

    public final List<RingEvent> events = new CopyOnWriteArrayList<>();
    private volatile @Nullable PeerReply reply = REPORT;
    private volatile boolean full;
    private volatile Consumer<RingEvent> whenSubmitted = _ -> {};

    /** What every call is answered; null: the loop is stuck. */
    public void replies(@Nullable PeerReply newReply) {
        reply = newReply;
    }

    public void isFull(boolean nowFull) {
        full = nowFull;
    }

    public void whenSubmitted(Consumer<RingEvent> then) {
        whenSubmitted = then;
    }

    public void reset() {
        events.clear();
        reply = REPORT;
        full = false;
        whenSubmitted = _ -> {};
    }

    @Override
    public void submit(RingEvent event) {
        if (full) {
            throw new RejectedExecutionException("the ring's inbox is full");
        }
        events.add(event);
        whenSubmitted.accept(event);
    }

    @Override
    public void answer(RingEvent event) {
        events.add(event);
    }

    @Override
    public CompletableFuture<PeerReply> ask(LongFunction<RingEvent> event) {
        submit(event.apply(1));
        PeerReply now = reply;
        return now == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(now);
    }
}
