package io.ringstore.ring;

import io.ringstore.ledger.Entry;
import io.ringstore.ring.RingAction.AnswerClient;
import io.ringstore.ring.WriteOutcome.NotCommitted;
import io.ringstore.ring.WriteOutcome.Reason;
import java.util.List;

/** Requests as they come and go (ring-protocol.md §5.5). */
final class Clients {

    /** How late a client may be told that its time is over. */
    private static final long SWEEP_EVERY_MILLIS = 50;

    private final RingState state;
    private final TokenPath path;
    private final Membership membership;
    private boolean sweeping;

    Clients(RingState state, TokenPath path, Membership membership) {
        this.state = state;
        this.path = path;
        this.membership = membership;
    }

    void onWrites(List<RingEvent.Request> requests) {
        boolean wasEmpty = state.queue.isEmpty();
        requests.forEach(this::enqueue);
        if (state.queue.isEmpty()) {
            return;
        }
        if (wasEmpty) {
            state.hungrySince = state.now;
        }
        keepSweeping();
        path.onLocalWork();
        membership.wakeForWork();
    }

    private void enqueue(RingEvent.Request request) {
        if (state.isJoining() || state.leaving) {
            refuse(request.ticket(), Reason.NOT_READY);
        } else if (!state.queue.hasRoomFor(request.write())) {
            refuse(request.ticket(), Reason.QUEUE_FULL);
        } else {
            Entry entry = new Entry(state.clock.next(state.now), request.write());
            state.queue.add(new WriteQueue.Waiting(request.ticket(), entry, state.now + request.patienceMillis()));
        }
    }

    private void refuse(long ticket, Reason reason) {
        state.emit(new AnswerClient(ticket, new NotCommitted(reason)));
    }

    private void keepSweeping() {
        if (!sweeping) {
            sweeping = true;
            state.startTimer(new Timer.SweepDue(), SWEEP_EVERY_MILLIS);
        }
    }

    /**
     * Gives up requests whose deadline has passed; an attempt in flight goes on all the same. For those that go on waiting
     * the others are woken again: a wake can be lost, or come before there is a token, and a holder may stay for long.
     */
    void onSweepDue() {
        sweeping = false;
        for (WriteQueue.Waiting write : state.queue.removeIf(waiting -> waiting.deadline <= state.now)) {
            state.emit(new AnswerClient(write.ticket, write.givenUp(Reason.DEADLINE)));
        }
        if (!state.queue.isEmpty()) {
            keepSweeping();
            membership.wakeForWork();
        }
    }

    void onClientGone(long ticket) {
        WriteQueue.Waiting waiting = state.queue.find(ticket);
        if (waiting != null) {
            state.queue.remove(waiting);
        }
    }
}
