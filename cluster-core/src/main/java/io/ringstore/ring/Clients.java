package io.ringstore.ring;

import io.ringstore.ledger.Entry;
import io.ringstore.ring.RingAction.AnswerClient;
import io.ringstore.ring.WriteOutcome.NotCommitted;
import io.ringstore.ring.WriteOutcome.Reason;

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

    void onWrite(RingEvent.WriteRequested event) {
        if (state.isJoining() || state.leaving) {
            refuse(event.ticket(), Reason.NOT_READY);
            return;
        }
        if (!state.queue.hasRoomFor(event.write())) {
            refuse(event.ticket(), Reason.QUEUE_FULL);
            return;
        }
        if (state.queue.isEmpty()) {
            state.hungrySince = state.now;
        }
        Entry entry = new Entry(state.clock.next(state.now), event.write());
        state.queue.add(new WriteQueue.Waiting(event.ticket(), entry, state.now + event.patienceMillis()));
        keepSweeping();
        path.onLocalWork();
        membership.wakeForWork();
    }

    private void refuse(long ticket, Reason reason) {
        state.emit(new AnswerClient(ticket, new NotCommitted(reason)));
    }

    private void keepSweeping() {
        if (!sweeping && !state.queue.isEmpty()) {
            sweeping = true;
            state.startTimer(new Timer.SweepDue(), SWEEP_EVERY_MILLIS);
        }
    }

    /** Gives up requests whose deadline has passed; an attempt in flight goes on all the same. */
    void onSweepDue() {
        sweeping = false;
        for (WriteQueue.Waiting write : state.queue.removeIf(waiting -> waiting.deadline <= state.now)) {
            state.emit(new AnswerClient(write.ticket, write.givenUp(Reason.DEADLINE)));
        }
        keepSweeping();
    }

    void onClientGone(long ticket) {
        WriteQueue.Waiting waiting = state.queue.find(ticket);
        if (waiting != null) {
            state.queue.remove(waiting);
        }
    }
}
