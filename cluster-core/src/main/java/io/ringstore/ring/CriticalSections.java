package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.Refusal;
import io.ringstore.ring.RingAction.AnswerClient;
import io.ringstore.ring.RingAction.SendBatch;
import io.ringstore.ring.WriteOutcome.Decided;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens in the critical section: all that waits goes to the store as one batch (ring-protocol.md §5.2). */
final class CriticalSections {

    /** Between attempts that the store refuses at once, for instance while it elects a primary. */
    private static final long BACKOFF_MIN_MILLIS = 5;

    private static final long BACKOFF_MAX_MILLIS = 50;

    private final RingState state;
    private final TokenPath path;
    private final Membership membership;

    CriticalSections(RingState state, TokenPath path, Membership membership) {
        this.state = state;
        this.path = path;
        this.membership = membership;
    }

    void enter(Token token) {
        List<WriteQueue.Waiting> writes = state.queue.all();
        writes.forEach(write -> write.sent = true);
        Batch batch = new Batch(
                state.config.id(),
                state.self,
                token.fence(),
                writes.stream().map(write -> write.entry).toList());
        state.enter(new Phase.InCriticalSection(new CriticalSection(token, batch, writes, state.now)));
        state.hungrySince = state.now;
        state.tell(new RingMoment.Entered(token.fence(), writes.size()));
        state.startTimer(new Timer.YieldDue(token.fence()), state.timers.yield());
        attempt(batch, 0);
    }

    private void attempt(Batch batch, int attempt) {
        state.emit(new SendBatch(batch, attempt));
        state.startTimer(new Timer.AttemptOverdue(batch.fence(), attempt), state.timers.attempt());
    }

    void onAttemptFailed(Fence fence, int attempt, boolean certainlyNotApplied) {
        CriticalSection section = current(fence);
        if (section == null || section.attempt != attempt || !section.underWay) {
            return;
        }
        section.underWay = false;
        section.doubtful |= !certainlyNotApplied;
        long backoff = Math.min(BACKOFF_MAX_MILLIS, BACKOFF_MIN_MILLIS << Math.min(attempt, 10));
        state.startTimer(new Timer.AttemptDue(fence, attempt + 1), backoff);
    }

    /** The store is slow: its answer may still come, but another store node is asked as well. */
    void onAttemptOverdue(Fence fence, int attempt) {
        CriticalSection section = current(fence);
        if (section != null && section.attempt == attempt && section.underWay) {
            section.doubtful = true;
            next(section, attempt + 1);
        }
    }

    void onAttemptDue(Fence fence, int attempt) {
        CriticalSection section = current(fence);
        if (section != null && section.attempt == attempt - 1 && !section.underWay) {
            next(section, attempt);
        }
    }

    private void next(CriticalSection section, int attempt) {
        section.attempt = attempt;
        section.underWay = true;
        attempt(section.batch, attempt);
    }

    private @Nullable CriticalSection current(Fence fence) {
        return state.phase instanceof Phase.InCriticalSection(CriticalSection section)
                        && section.fence().equals(fence)
                ? section
                : null;
    }

    void onAnswer(Fence fence, BatchApplied result) {
        CriticalSection section = current(fence);
        if (section == null) {
            state.learn(result.view()); // too late for its writes: they were tried again under a newer fence
            return;
        }
        Check.that(result.results().size() == section.writes.size(), () -> "one result for each write of " + fence);
        boolean refused = false;
        int committed = 0;
        for (int i = 0; i < section.writes.size(); i++) {
            EntryResult entry = result.results().get(i);
            refused |= settle(section.writes.get(i), entry, section.doubtful);
            committed += entry instanceof EntryResult.Committed || entry instanceof EntryResult.Transacted ? 1 : 0;
        }
        state.learn(result.view());
        state.tell(new RingMoment.Written(fence, committed));
        if (refused) {
            state.tell(new RingMoment.Fenced(fence, result.view().fence()));
        }
        leave(section, !refused);
        membership.adopt(result.view());
    }

    /** Returns whether the entry was refused because of the fence, so that the token is dead. */
    private boolean settle(WriteQueue.Waiting write, EntryResult result, boolean earlierAttemptsInDoubt) {
        boolean wasInDoubt = write.inDoubt || earlierAttemptsInDoubt;
        write.sent = false;
        write.inDoubt = false; // rule R3: whatever the store says speaks for every earlier attempt too
        switch (result) {
            case EntryResult.Committed _,
                    EntryResult.Transacted _,
                    EntryResult.PreconditionFailed _,
                    EntryResult.NoSuchKey _ -> answer(write, new Decided(result));
            case EntryResult.Refused(Refusal reason) -> {
                switch (reason) {
                    case FENCED, MISPLACED -> {
                        return true;
                    }
                    case UNKNOWN_EPOCH ->
                        state.emit(new RingAction.Halt(
                                "the store does not know epoch " + state.seen.epoch() + ": it went back in time"));
                    case KEY_EXPIRED -> answer(write, wasInDoubt ? new WriteOutcome.Unknown() : new Decided(result));
                    case KEY_REUSED, KEY_FROM_FUTURE, BUSY, READS_TOO_MUCH, FULL -> answer(write, new Decided(result));
                }
            }
        }
        return false;
    }

    private void answer(WriteQueue.Waiting write, WriteOutcome outcome) {
        if (state.queue.find(write.ticket) == write) {
            state.queue.remove(write);
            state.emit(new AnswerClient(write.ticket, outcome));
        }
    }

    /** The store did not answer in time: give way, so that others are not held up (rules R5, R9). */
    void onYieldDue(Fence fence) {
        CriticalSection section = current(fence);
        if (section == null) {
            return;
        }
        boolean inDoubt = section.doubtful || section.underWay;
        for (WriteQueue.Waiting write : section.writes) {
            write.sent = false;
            write.inDoubt |= inDoubt;
        }
        state.tell(new RingMoment.Blocked(fence));
        membership.block();
        leave(section, true);
    }

    private void leave(CriticalSection section, boolean accepted) {
        state.tell(new RingMoment.Left(section.fence(), state.now - section.enteredAt));
        state.enter(new Phase.WithoutToken());
        boolean alive =
                accepted && section.token.config() == state.config.id() && !state.seen.isNewerThan(section.fence());
        if (section.next != null && !state.seen.isNewerThan(section.next.fence())) {
            path.arrive(section.next);
        } else if (alive) {
            path.goOn(section.token);
        }
    }
}
