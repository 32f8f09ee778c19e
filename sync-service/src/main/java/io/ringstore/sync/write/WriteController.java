package io.ringstore.sync.write;

import io.ringstore.api.MomentsMessage;
import io.ringstore.api.NodeState;
import io.ringstore.api.SyncApi;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.ledger.Write;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.sync.loop.LoopAnswers;
import io.ringstore.sync.loop.RingInbox;
import io.ringstore.sync.metrics.RecentMoments;
import io.ringstore.sync.trace.TracedWrites;
import io.ringstore.sync.wire.Self;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Takes writes from gateways; a call is answered when all of its writes are decided. */
@RestController
class WriteController implements SyncApi {

    private static final long MAX_PATIENCE_MILLIS = 30_000;

    /** As many as a batch of the ring may have. */
    private static final int MAX_WRITES = 1_024;

    /** The loop answers every write at its deadline; a loop that does not is stuck. */
    private static final long GRACE_MILLIS = 1_000;

    private final RingInbox inbox;
    private final WaitingClients clients;
    private final RecentMoments moments;
    private final Self self;
    private final TracedWrites traced;

    WriteController(RingInbox inbox, WaitingClients clients, RecentMoments moments, Self self, TracedWrites traced) {
        this.inbox = inbox;
        this.clients = clients;
        this.moments = moments;
        this.self = self;
        this.traced = traced;
    }

    @Override
    public List<WriteResult> write(List<WriteMessage> messages) {
        if (messages.size() > MAX_WRITES) {
            throw new IllegalArgumentException("a call has at most " + MAX_WRITES + " writes");
        }
        WriteCall call = new WriteCall(messages.size());
        List<Write> writes =
                messages.stream().map(WriteMessages::toWrite).toList(); // all are looked at before any is queued
        List<RingEvent.Request> requests = new ArrayList<>(writes.size());
        long longest = 0;
        for (int i = 0; i < writes.size(); i++) {
            int place = i;
            long patience = Math.clamp(messages.get(i).patienceMs(), 1, MAX_PATIENCE_MILLIS);
            longest = Math.max(longest, patience);
            long ticket = clients.register((outcome, storeMicros) -> call.decide(place, outcome, storeMicros));
            requests.add(new RingEvent.Request(ticket, writes.get(i), patience));
        }
        traced.arrived(writes);
        try {
            inbox.submit(new RingEvent.WritesRequested(requests));
            return await(call, longest + GRACE_MILLIS);
        } catch (RejectedExecutionException full) {
            return Collections.nCopies(writes.size(), WriteResult.of(Status.QUEUE_FULL));
        } finally {
            requests.forEach(request -> clients.forget(request.ticket()));
            traced.gone(writes);
        }
    }

    private static List<WriteResult> await(WriteCall call, long millis) {
        try {
            return call.await(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT, "this node shuts down", interrupted);
        }
    }

    @Override
    public NodeState state() {
        NodeState state = stateNow();
        if (state == null) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the ring's loop does not answer");
        }
        return state;
    }

    /** Null if the loop is stuck. */
    private @Nullable NodeState stateNow() {
        return LoopAnswers.await(inbox.ask(RingEvent.ReportAsked::new)) instanceof PeerReply.Report(var report)
                ? self.describe(report)
                : null;
    }

    @Override
    public MomentsMessage moments(long after, long waitMillis) {
        return moments.after(after, waitMillis, this::stateNow);
    }
}
