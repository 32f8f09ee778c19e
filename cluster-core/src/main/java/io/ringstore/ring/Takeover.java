package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.StoreView;
import io.ringstore.ring.TakeoverCheck.Cause;
import io.ringstore.ring.TakeoverCheck.Verdict;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds out whether the token is lost, and opens a new epoch if it is (ring-protocol.md §5.6, rule R8). */
final class Takeover {

    private static final long RECHECK_MILLIS = 100;
    private static final long STAGGER_MILLIS = 100;
    private static final long BACKOFF_MAX_MILLIS = 2_000;

    private final RingState state;
    private final Suspicions suspicions;
    private final Membership membership;
    private final EpochDamping damping = new EpochDamping();

    private @Nullable TakeoverCheck check;
    private @Nullable Claim claim;
    private int claimAttempt;
    private long storeSilences;
    private long lastBegunAt = Long.MIN_VALUE / 2;
    private long lookOut;
    private long lookOutAt = Long.MAX_VALUE;

    Takeover(RingState state, Suspicions suspicions, Membership membership) {
        this.state = state;
        this.suspicions = suspicions;
        this.membership = membership;
    }

    /** Sees to it that a timer is running for the moment at which the token has been out of sight for too long. */
    void watch() {
        if (state.isJoining() || state.leaving) {
            return;
        }
        long due = Math.max(state.now + RECHECK_MILLIS, overdueAt());
        if (due < lookOutAt) {
            lookOutAt = due;
            state.startTimer(new Timer.LookOut(++lookOut), due - state.now);
        }
    }

    private long overdueAt() {
        int size = state.config.size();
        if (state.fresh) {
            return state.seenAt + state.timers.start() + state.index() * state.timers.start() / 5;
        }
        int presumed = (int) (Math.max(0, state.seen.hop()) % size);
        long stagger = (state.index() - presumed - 1 + size) % size * STAGGER_MILLIS;
        if (state.queue.isEmpty()) {
            return state.seenAt + 2 * state.timers.lost() + stagger;
        }
        // a token that others see and that never comes here may be a dead one of an epoch before
        long unseenSince = Math.min(state.seenAt, Math.max(state.hungrySince, lastBegunAt));
        return unseenSince + state.timers.lost() + stagger;
    }

    void onLookOut(long number) {
        if (number != lookOut) {
            return;
        }
        lookOutAt = Long.MAX_VALUE;
        if (state.now >= overdueAt() && mayCheck()) {
            begin(Cause.OUT_OF_SIGHT, state.seen, state.peers.others(state.config));
        }
    }

    void onCopyOverdue(Fence fence) {
        if (isNewestOfItsHolder(fence) && mayCheck()) {
            NodeId presumed = state.config.holderOf(fence.hop());
            begin(Cause.COPY_OVERDUE, fence, presumed.equals(state.self) ? List.of() : List.of(presumed));
        }
    }

    /** Whether this is the newest copy, and nobody but the holder it names has moved the token since: it may have stayed. */
    private boolean isNewestOfItsHolder(Fence copy) {
        return state.copy != null && state.copy.fence().equals(copy) && state.config.nameOneNode(state.seen, copy);
    }

    /** Whether nothing has come meanwhile that makes the question of this check an old one. */
    private boolean isStillOpen(TakeoverCheck current) {
        return mayClaim()
                && claim == null
                && switch (current.cause) {
                    case COPY_OVERDUE -> isNewestOfItsHolder(current.subject);
                    case OUT_OF_SIGHT -> state.seen.equals(current.subject);
                };
    }

    private boolean mayCheck() {
        return check == null && claim == null && mayClaim();
    }

    private boolean mayClaim() {
        return !state.blocked && !state.isJoining() && !state.leaving && !state.hasToken();
    }

    private void begin(Cause cause, Fence subject, List<NodeId> asked) {
        lastBegunAt = state.now;
        TakeoverCheck begun = new TakeoverCheck(cause, subject, state.seen, asked, state.now);
        check = begun;
        ask(begun);
    }

    private void ask(TakeoverCheck current) {
        current.startRound(state.newId());
        state.emit(new RingAction.ReadView(current.round));
        for (NodeId peer : current.asked()) {
            state.emit(
                    switch (current.cause) {
                        case COPY_OVERDUE -> new RingAction.AskHealth(current.round, peer);
                        case OUT_OF_SIGHT ->
                            new RingAction.SendWake(current.round, peer, membership.wake(state.queue.oldest()));
                    });
        }
        state.startTimer(new Timer.CheckOverdue(current.round), state.timers.probe());
    }

    void onReport(long round, NodeId peer, NodeReport report) {
        TakeoverCheck current = current(round);
        if (current != null) {
            current.reported(peer, report);
            concludeIfComplete(current);
        }
    }

    void onSilence(long round, NodeId peer, RingEvent.Silence silence) {
        TakeoverCheck current = current(round);
        if (current != null) {
            current.kept(peer, silence);
            concludeIfComplete(current);
        }
    }

    /** The store's answer to the question of a check. */
    void onView(long round, StoreView view) {
        TakeoverCheck current = current(round);
        if (current != null) {
            storeSilences = 0;
            state.clock.learn(view.storeTime(), state.now);
            if (view.config().id() > state.config.id()) {
                check = null;
                state.sight(view.fence());
                membership.adopt(view);
            } else {
                current.storeAnswered(view);
                concludeIfComplete(current);
            }
        }
    }

    private @Nullable TakeoverCheck current(long round) {
        return check != null && check.round == round ? check : null;
    }

    private void concludeIfComplete(TakeoverCheck current) {
        if (current.isComplete()) {
            conclude(current);
        }
    }

    void onCheckOverdue(long round) {
        TakeoverCheck current = current(round);
        if (current == null) {
            return;
        }
        current.timeIsUp();
        if (current.hasStoreAnswer()) {
            conclude(current);
        } else {
            long backoff = Math.min(BACKOFF_MAX_MILLIS, RECHECK_MILLIS << Math.min(storeSilences++, 10));
            state.startJitteredTimer(new Timer.Recheck(round), backoff);
        }
    }

    void onRecheck(long round) {
        TakeoverCheck current = current(round);
        if (current == null) {
            return;
        }
        if (isStillOpen(current)) {
            ask(current);
        } else {
            check = null;
        }
    }

    private void conclude(TakeoverCheck current) {
        if (!isStillOpen(current)) {
            check = null;
            state.sight(current.storeView().fence()); // peers may go on with a token of an epoch that has ended
            return;
        }
        switch (verdict(current)) {
            case Verdict.Claim(long epoch, OptionalLong hop, String reason) -> {
                long wait = damping.waitBefore(state.now);
                if (wait > 0) {
                    askAgainAfter(wait, current);
                } else {
                    check = null;
                    state.sight(current.newestFound());
                    claim(epoch, hop, reason);
                }
            }
            case Verdict.LivesElsewhere(Fence fence) -> {
                check = null;
                state.sight(fence);
            }
            case Verdict.AskAgain _ -> askAgainAfter(RECHECK_MILLIS, current);
            case Verdict.LeaveIt _ -> {
                check = null;
                state.seenAt = state.now;
            }
        }
    }

    /** What was found counts no more, and what comes late for this round does not either. */
    private void askAgainAfter(long millis, TakeoverCheck current) {
        current.round = state.newId();
        state.startTimer(new Timer.Recheck(current.round), millis);
    }

    private Verdict verdict(TakeoverCheck current) {
        boolean waiting = !state.queue.isEmpty();
        boolean mostAnswer = 2 * (current.answers() + 1) > state.config.size();
        if (current.cause == Cause.OUT_OF_SIGHT && !waiting && !mostAnswer) {
            return new Verdict.LeaveIt();
        }
        long starve = state.timers.starve() * (1 + current.silentPeers());
        return current.verdict(state, waiting && state.now - state.hungrySince >= starve);
    }

    private void claim(long epoch, OptionalLong hop, String reason) {
        Claim made = new Claim(state.config, state.self, state.incarnation + ":" + state.newId(), epoch, hop);
        claim = made;
        claimAttempt = 0;
        state.tell(new RingMoment.Claiming(epoch, reason));
        send(made);
    }

    private void send(Claim made) {
        state.emit(new RingAction.SendClaim(made, claimAttempt));
        long patience = Math.min(BACKOFF_MAX_MILLIS, state.timers.attempt() << Math.min(claimAttempt, 10));
        state.startTimer(new Timer.ClaimRetry(made.claimId(), claimAttempt), patience);
    }

    /** A claim once sent is repeated until it is answered for sure (rule R8). */
    void onClaimRetry(String claimId, int attempt) {
        Claim made = claim;
        if (made != null && made.claimId().equals(claimId) && claimAttempt == attempt) {
            claimAttempt++;
            send(made);
        }
    }

    void onClaimFailed(String claimId, int attempt) {
        if (claim != null && claim.claimId().equals(claimId) && claimAttempt == attempt) {
            long backoff = Math.min(BACKOFF_MAX_MILLIS, RECHECK_MILLIS << Math.min(attempt, 10));
            state.startJitteredTimer(new Timer.ClaimRetry(claimId, attempt), backoff);
        }
    }

    /** Returns the token of the epoch just opened, or null if there is none to be minted. */
    @Nullable
    Token onClaimAnswered(String claimId, LedgerResult result) {
        Claim answered = claim;
        if (answered == null || !answered.claimId().equals(claimId)) {
            state.learn(result.view());
            return null;
        }
        claim = null;
        state.clock.learn(result.view().storeTime(), state.now);
        membership.adopt(result.view());
        switch (result) {
            case LedgerResult.ClaimWon(long epoch, StoreView view) -> {
                Fence fence = new Fence(epoch, state.index());
                if (view.fence().epoch() == epoch && fence.isNewerThan(state.seen) && !state.leaving) {
                    return mint(fence);
                }
                state.sight(view.fence());
            }
            case LedgerResult.ClaimLost(StoreView view) -> {
                state.tell(new RingMoment.ClaimLost(view.fence()));
                state.sight(view.fence());
            }
            case LedgerResult.WrongConfig(StoreView view) -> {
                if (view.config().id() == answered.config().id()) { // otherwise the ring has changed meanwhile
                    state.emit(new RingAction.Halt(
                            "the store has the ring " + view.config().nodes() + ", not " + state.config.nodes()));
                }
                state.sight(view.fence());
            }
            case LedgerResult.BatchApplied _, LedgerResult.Reconfigured _, LedgerResult.Compacted _ ->
                Check.that(false, () -> "a claim is answered as a claim, not by " + result);
        }
        state.seenAt = state.now; // timers start afresh
        return null;
    }

    private Token mint(Fence fence) {
        damping.opened(state.now);
        Token copy = state.copy;
        boolean copyIsRecent = copy != null && copy.fence().epoch() == fence.epoch() - 1;
        Slots slots = Slots.empty(state.config.size());
        if (copy != null && copyIsRecent) {
            slots = copy.slots().without((int) (copy.fence().hop() % state.config.size()));
        }
        if (state.seen.hop() >= 0) {
            NodeId presumed = state.config.holderOf(state.seen.hop());
            if (!presumed.equals(state.self)) {
                suspicions.suspect(presumed);
            }
        }
        state.advanceTo(fence);
        state.tell(new RingMoment.EpochOpened(fence));
        return new Token(state.cluster, state.config.id(), fence, slots, state.clock.latest());
    }
}
