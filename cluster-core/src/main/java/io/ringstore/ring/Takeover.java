package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
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
    private final Membership membership;
    private final Claims claims;

    /** Ends before a claim is made, and none begins while one is under way. */
    private @Nullable TakeoverCheck check;

    private long storeSilences;
    private long lastSearchAt = Long.MIN_VALUE / 2;
    private long lookOut;
    private long lookOutAt = Long.MAX_VALUE;

    Takeover(RingState state, Claims claims, Membership membership) {
        this.state = state;
        this.claims = claims;
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
        long unseenSince = Math.min(state.seenAt, Math.max(state.hungrySince, lastSearchAt));
        return unseenSince + state.timers.lost() + stagger;
    }

    void onLookOut(long number) {
        if (number != lookOut) {
            return;
        }
        lookOutAt = Long.MAX_VALUE;
        boolean askingEverybody = check != null && check.cause == Cause.OUT_OF_SIGHT;
        if (state.now >= overdueAt() && !askingEverybody && !claims.underWay() && mayClaim()) {
            lastSearchAt = state.now;
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
                && switch (current.cause) {
                    case COPY_OVERDUE -> isNewestOfItsHolder(current.subject);
                    case OUT_OF_SIGHT -> state.seen.equals(current.subject);
                };
    }

    private boolean mayCheck() {
        return check == null && !claims.underWay() && mayClaim();
    }

    private boolean mayClaim() {
        return !state.blocked && !state.isJoining() && !state.leaving && !state.hasToken();
    }

    private void begin(Cause cause, Fence subject, List<NodeId> asked) {
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
        if (!isStillOpen(current) && !isStarved(current)) {
            check = null;
            state.sight(current.storeView().fence()); // peers may go on with a token of an epoch that has ended
            return;
        }
        switch (verdict(current)) {
            case Verdict.Claim(long epoch, OptionalLong hop, String reason) -> {
                long wait = claims.waitBefore();
                if (wait > 0) {
                    askAgainAfter(wait, current);
                } else {
                    check = null;
                    state.sight(current.newestFound());
                    claims.begin(epoch, hop, reason);
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
        return current.verdict(state, isHungry(current));
    }

    /** Whether the token is kept from this node by peers that do not reach it, however much it moves among them. */
    private boolean isStarved(TakeoverCheck current) {
        return current.cause == Cause.OUT_OF_SIGHT && current.silentPeers() > 0 && isHungry(current) && mayClaim();
    }

    /** Whether requests have waited here for T_starve, which is longer where fewer peers answer. */
    private boolean isHungry(TakeoverCheck current) {
        long starve = state.timers.starve() * (1 + current.silentPeers());
        return !state.queue.isEmpty() && state.now - state.hungrySince >= starve;
    }
}
