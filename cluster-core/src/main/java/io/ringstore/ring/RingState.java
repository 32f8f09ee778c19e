package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.StoreView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The volatile state of a node (ring-protocol.md §2.3) and the actions of the step in progress. */
final class RingState {

    final String cluster;
    final NodeId self;
    final String incarnation;
    final RingTimers timers;
    final RingLimits limits;
    final HybridClock clock = new HybridClock();
    final WriteQueue queue;
    final Peers peers;

    RingConfig config;
    Phase phase = new Phase.Joining();
    boolean leaving;

    /** Could not reach the store: this node's slot stays empty (rule R5). */
    boolean blocked;

    /** The greatest fence sighted, and when (rule R6). */
    Fence seen = Fence.NONE;

    long seenAt;

    /** Whether nothing newer was sighted so far than the fence read at the start, or when the ring was changed. */
    boolean fresh = true;

    /** Slots of the newest token met. */
    Slots slots;

    /** The newest copy for which this node is the backup. */
    @Nullable
    Token copy;

    /** Since when requests wait here without a critical section. */
    long hungrySince;

    long now;
    private long changedAt;
    private long ids;
    private List<RingAction> actions = new ArrayList<>();

    RingState(
            String cluster, NodeId self, RingConfig config, String incarnation, RingTimers timers, RingLimits limits) {
        this.cluster = cluster;
        this.self = self;
        this.config = config;
        this.incarnation = incarnation;
        this.timers = timers;
        this.limits = limits;
        this.queue = new WriteQueue(limits);
        this.peers = new Peers(self);
        this.slots = Slots.empty(config.size());
    }

    int index() {
        return config.indexOf(self);
    }

    /** A number never used before by this incarnation. */
    long newId() {
        return ++ids;
    }

    void emit(RingAction action) {
        actions.add(action);
    }

    void tell(RingMoment moment) {
        emit(new RingAction.Tell(moment));
    }

    void startTimer(Timer timer, long millis) {
        emit(new RingAction.StartTimer(timer, millis, false));
    }

    void startJitteredTimer(Timer timer, long millis) {
        emit(new RingAction.StartTimer(timer, millis, true));
    }

    List<RingAction> takeActions() {
        List<RingAction> taken = actions;
        actions = new ArrayList<>();
        return taken;
    }

    void enter(Phase newPhase) {
        phase = newPhase;
        changedAt = now;
    }

    boolean isJoining() {
        return phase instanceof Phase.Joining;
    }

    boolean hasToken() {
        return phase.asReported().hasToken();
    }

    /** Takes notice that a fence exists; one newer than the token held makes that token dead (rule R6). */
    void sight(Fence fence) {
        if (!fence.isNewerThan(seen)) {
            return;
        }
        seen = fence;
        seenAt = now;
        changedAt = now;
        fresh = false;
        switch (phase) {
            case Phase.Parked parked -> enter(new Phase.WithoutToken());
            case Phase.Passing passing -> enter(new Phase.WithoutToken());
            case Phase.InCriticalSection critical -> {} // the write must be answered first
            case Phase.Joining joining -> {}
            case Phase.WithoutToken without -> {}
        }
    }

    /** As {@link #sight}, for the fence of a token that this node makes or passes on itself. */
    void advanceTo(Fence fence) {
        Check.that(fence.isNewerThan(seen), () -> "own fence " + fence + " is newer than " + seen);
        seen = fence;
        seenAt = now;
        changedAt = now;
        fresh = false;
    }

    /**
     * Takes notice of what a peer has seen, unless it names this node as the holder: that token is still on its way here,
     * and would be refused as stale.
     */
    void sightFromPeer(Fence fence) {
        if (!namesMe(fence)) {
            sight(fence);
        }
    }

    boolean namesMe(Fence fence) {
        return fence.hop() >= 0
                && config.isInstalled()
                && config.holderOf(fence.hop()).equals(self);
    }

    /** Learns from any answer of the store; the configuration is left to {@link Membership}. */
    void learn(StoreView view) {
        clock.learn(view.storeTime(), now);
        sight(view.fence());
    }

    NodeReport report() {
        return new NodeReport(
                seen,
                leaving ? NodePhase.LEAVING : phase.asReported(),
                now - changedAt,
                blocked,
                incarnation,
                queue.size(),
                queue.oldest(),
                slots);
    }
}
