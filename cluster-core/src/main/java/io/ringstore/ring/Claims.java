package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.StoreView;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Opens an epoch: one claim at a time, repeated until its answer is sure, and one token if it is won (rule R8). */
final class Claims {

    private static final long BACKOFF_MIN_MILLIS = 100;
    private static final long BACKOFF_MAX_MILLIS = 2_000;

    private final RingState state;
    private final Suspicions suspicions;
    private final Membership membership;
    private final EpochDamping damping = new EpochDamping();

    private @Nullable Claim claim;
    private int attempts;

    Claims(RingState state, Suspicions suspicions, Membership membership) {
        this.state = state;
        this.suspicions = suspicions;
        this.membership = membership;
    }

    boolean underWay() {
        return claim != null;
    }

    /** How long to wait before the next claim, in ms: epochs that do not last are opened ever more slowly. */
    long waitBefore() {
        return damping.waitBefore(state.now);
    }

    /** Asks the store for the epoch after this one, on behalf of this node. */
    void begin(long epoch, OptionalLong hop, String reason) {
        Claim made = new Claim(state.config, state.self, state.incarnation + ":" + state.newId(), epoch, hop);
        claim = made;
        attempts = 0;
        state.tell(new RingMoment.Claiming(epoch, reason));
        send(made);
    }

    private void send(Claim made) {
        state.emit(new RingAction.SendClaim(made, attempts));
        long patience = Math.min(BACKOFF_MAX_MILLIS, state.timers.attempt() << Math.min(attempts, 10));
        state.startTimer(new Timer.ClaimRetry(made.claimId(), attempts), patience);
    }

    /** A claim once sent is repeated until it is answered for sure (rule R8). */
    void onRetry(String claimId, int attempt) {
        Claim made = claim;
        if (made != null && made.claimId().equals(claimId) && attempts == attempt) {
            attempts++;
            send(made);
        }
    }

    void onFailed(String claimId, int attempt) {
        if (claim != null && claim.claimId().equals(claimId) && attempts == attempt) {
            long backoff = Math.min(BACKOFF_MAX_MILLIS, BACKOFF_MIN_MILLIS << Math.min(attempt, 10));
            state.startJitteredTimer(new Timer.ClaimRetry(claimId, attempt), backoff);
        }
    }

    /** Returns the token of the epoch just opened, or null if there is none to be minted. */
    @Nullable
    Token onAnswered(String claimId, LedgerResult result) {
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
