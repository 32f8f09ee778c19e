package io.ringstore.sync.loop;

import io.ringstore.ring.NodeReport;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongFunction;

/** The way into the ring's loop. */
public interface RingInbox {

    /**
     * Queues what somebody else wants.
     *
     * @throws RejectedExecutionException if the inbox is full; the sender should back off
     */
    void submit(RingEvent event);

    /** Queues the answer to something this node asked; waits for room, because answers must not be lost. */
    void answer(RingEvent event);

    /**
     * Queues a call that the loop answers at once.
     *
     * @param event makes the event from the number of the exchange
     * @throws RejectedExecutionException if the inbox is full
     */
    CompletableFuture<PeerReply> ask(LongFunction<RingEvent> event);

    /** Asks the loop how the node is. */
    default CompletableFuture<NodeReport> askReport() {
        return ask(RingEvent.ReportAsked::new).thenApply(reply -> ((PeerReply.Report) reply).report());
    }
}
