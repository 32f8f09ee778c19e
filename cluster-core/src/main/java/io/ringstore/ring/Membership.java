package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.StoreView;
import io.ringstore.ring.RingAction.AnswerClient;
import io.ringstore.ring.RingAction.SendWake;
import java.util.OptionalLong;

/** Joining, losing touch with the store and finding it again, following its configuration, leaving (§5.2, §5.7, §8.6). */
final class Membership {

    private static final long BACKOFF_MIN_MILLIS = 100;
    private static final long BACKOFF_MAX_MILLIS = 2_000;
    private static final long READ_OVERDUE_MILLIS = 1_000;

    private final RingState state;
    private final RingConfig configured;

    private long read;
    private Fence seenWhenAsked = Fence.NONE;
    private long backoff = BACKOFF_MIN_MILLIS;
    private boolean reading;
    private long blockedSince;
    private long lastWakeAt = Long.MIN_VALUE / 2;
    private boolean left;

    Membership(RingState state) {
        this.state = state;
        this.configured = state.config;
    }

    /** Reads the fence before any token is taken (rule R7). */
    void start() {
        read();
    }

    void block() {
        state.blocked = true;
        blockedSince = state.now;
        readAfterBackoff();
    }

    /** Somebody believes in a newer configuration: only the store can tell. */
    void refresh() {
        if (!reading) {
            read();
        }
    }

    private void read() {
        reading = true;
        read = state.newId();
        seenWhenAsked = state.seen;
        state.emit(new RingAction.ReadView(read));
        state.startTimer(new Timer.ReadRetry(read), READ_OVERDUE_MILLIS);
    }

    void onReadFailed(long failed) {
        if (failed == read && reading) {
            readAfterBackoff();
        }
    }

    private void readAfterBackoff() {
        reading = true;
        read = state.newId();
        state.startJitteredTimer(new Timer.ReadRetry(read), backoff);
        backoff = Math.min(BACKOFF_MAX_MILLIS, 2 * backoff);
    }

    void onReadRetry(long due) {
        if (due == read && reading && !left) {
            read();
        }
    }

    /** Takes a view of the store; returns false if it answers a question that this class did not ask. */
    boolean onView(long answered, StoreView view) {
        if (answered != read || !reading) {
            return false;
        }
        if (view.fence().epoch() < seenWhenAsked.epoch()) {
            state.emit(
                    new RingAction.Halt("the store is at epoch " + view.fence().epoch() + ", behind epoch "
                            + seenWhenAsked.epoch() + " that this node has seen: it went back in time"));
            return true;
        }
        reading = false;
        backoff = BACKOFF_MIN_MILLIS;
        state.learn(view);
        adopt(view);
        if (state.isJoining()) {
            join();
        }
        unblock();
        return true;
    }

    private void join() {
        state.seenAt = state.now;
        state.fresh = true;
        state.enter(new Phase.WithoutToken());
        state.tell(new RingMoment.Joined(state.seen));
        wakeAll(OptionalLong.empty());
    }

    private void unblock() {
        if (state.blocked) {
            state.blocked = false;
            state.tell(new RingMoment.Unblocked(state.now - blockedSince));
            if (!state.queue.isEmpty()) {
                wakeAll(state.queue.oldest());
            }
        }
    }

    /** Follows the configuration of the store, or finds that this node has no place in it. */
    void adopt(StoreView view) {
        RingConfig installed = view.config();
        if (installed.id() <= state.config.id()) {
            return;
        }
        if (!installed.contains(state.self)) {
            state.emit(
                    new RingAction.Halt(state.self + " is not on the ring that the store has: " + installed.nodes()));
            return;
        }
        boolean asFirstInstalled = installed.id() == RingConfig.NOT_INSTALLED + 1;
        if (asFirstInstalled && !installed.nodes().equals(configured.nodes())) {
            state.emit(new RingAction.Halt(
                    "the settings have the ring " + configured.nodes() + " but the store has " + installed.nodes()));
            return;
        }
        boolean another = state.config.isInstalled();
        state.config = installed;
        state.slots = Slots.empty(installed.size());
        state.copy = null;
        state.peers.retain(installed);
        if (state.phase instanceof Phase.Parked || state.phase instanceof Phase.Passing) {
            state.enter(new Phase.WithoutToken());
        }
        if (another) { // whoever changed the ring ended the epoch: it begins anew, as after a start of all its nodes
            state.seenAt = state.now;
            state.fresh = true;
        }
    }

    /** Tells every live peer, at most once per X, that there is work here (§5.5). */
    void wakeForWork() {
        boolean tokenIsIdle = state.slots.areEmpty() || state.now - state.seenAt > 2 * state.timers.park();
        if (state.phase instanceof Phase.WithoutToken
                && tokenIsIdle
                && !state.blocked
                && state.now - lastWakeAt >= state.timers.park()) {
            wakeAll(state.queue.oldest());
        }
    }

    private void wakeAll(OptionalLong oldest) {
        lastWakeAt = state.now;
        Wake wake = wake(oldest);
        state.peers.live(state.config).forEach(peer -> state.emit(new SendWake(RingAction.NO_CHECK, peer, wake)));
    }

    Wake wake(OptionalLong oldest) {
        return new Wake(state.self, state.config.id(), oldest, state.incarnation);
    }

    void onStop() {
        if (!state.leaving) {
            state.leaving = true;
            state.startTimer(new Timer.DrainOver(), state.timers.drain());
        }
    }

    /** Answers everybody and goes, once the token is out of the house (§5.7). */
    void leaveWhenDone(boolean evenIfNot) {
        if (left || !state.leaving || (state.hasToken() && !evenIfNot)) {
            return;
        }
        left = true;
        for (WriteQueue.Waiting write : state.queue.removeIf(_ -> true)) {
            state.emit(new AnswerClient(write.ticket, write.givenUp(WriteOutcome.Reason.NOT_READY)));
        }
        for (NodeId peer : state.peers.live(state.config)) {
            state.emit(new RingAction.SendBye(peer));
        }
        state.emit(new RingAction.Leave());
    }
}
