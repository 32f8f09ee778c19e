package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.PeerReply.Malformed;
import io.ringstore.ring.PeerReply.NotReady;
import io.ringstore.ring.PeerReply.NotYours;
import io.ringstore.ring.PeerReply.OtherConfig;
import io.ringstore.ring.PeerReply.Stale;
import io.ringstore.ring.PeerReply.Taken;
import io.ringstore.ring.PeerReply.TokenReply;
import io.ringstore.ring.RingAction.Answer;
import io.ringstore.ring.RingAction.PassToken;
import io.ringstore.ring.RingAction.SendCopy;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The token's way through this node: take, stamp, enter or pass or park, stay (ring-protocol.md §4, §5.1, §5.3, §5.4). */
final class TokenPath {

    /** Counting on from there would soon end below zero, at every node that has merged it. */
    private static final long ABSURD = Long.MAX_VALUE / 2;

    private final RingState state;
    private final Suspicions suspicions;
    private final Consumer<Token> criticalSection;
    private final Consumer<Long> newerConfig;

    /** When the token came from another node, or was minted here. */
    private long hereSince;

    private long lastCopyAt;

    TokenPath(RingState state, Suspicions suspicions, Consumer<Token> criticalSection, Consumer<Long> newerConfig) {
        this.state = state;
        this.suspicions = suspicions;
        this.criticalSection = criticalSection;
        this.newerConfig = newerConfig;
    }

    void onToken(RingEvent.TokenArrived event) {
        Token token = event.token();
        TokenReply refusal = refusal(token, true);
        if (refusal != null) {
            state.emit(new Answer(event.exchange(), refusal));
            return;
        }
        state.sight(token.fence());
        suspicions.clear(event.from());
        state.clock.meet(token.clock());
        state.slots = token.slots();
        state.emit(new Answer(event.exchange(), new Taken(state.seen)));
        if (state.phase instanceof Phase.InCriticalSection(CriticalSection section)) {
            section.next = token;
        } else {
            arrive(token);
        }
    }

    /** Remembers a copy; whether it has to be used is asked when it becomes overdue. */
    void onCopy(RingEvent.CopyArrived event) {
        TokenReply refusal = refusal(event.token(), false);
        if (refusal == null) {
            state.sight(event.token().fence());
            suspicions.clear(event.from());
            keepCopy(event.token());
            refusal = new Taken(state.seen);
        }
        state.emit(new Answer(event.exchange(), refusal));
    }

    /** The checks of §4.1 in their order; the number of slots only means something within one configuration. */
    private @Nullable TokenReply refusal(Token token, boolean forMe) {
        Fence fence = token.fence();
        if (!token.cluster().equals(state.cluster)) {
            return new Malformed("this is cluster " + state.cluster);
        }
        if (fence.epoch() < 1 || fence.hop() < 0 || token.clock() < 0) {
            return new Malformed("epoch, hop and clock of a token are not negative");
        }
        if (fence.epoch() > ABSURD || fence.hop() > ABSURD || token.clock() > ABSURD) {
            return new Malformed("no ring has gone on for so long");
        }
        if (token.config() != state.config.id()) {
            if (token.config() > state.config.id()) {
                newerConfig.accept(token.config());
            }
            return new OtherConfig(state.config.id());
        }
        if (token.slots().size() != state.config.size()) {
            return new Malformed("this ring has " + state.config.size() + " nodes");
        }
        if (forMe && !state.namesMe(fence)) {
            return new NotYours();
        }
        if (forMe && (state.isJoining() || state.leaving)) {
            return new NotReady();
        }
        if (!fence.isNewerThan(state.seen)) {
            state.tell(new RingMoment.StaleTokenRefused(fence, state.seen));
            return new Stale(state.seen);
        }
        return null;
    }

    private void keepCopy(Token copy) {
        state.copy = copy;
        state.slots = copy.slots();
        int holder = (int) (copy.fence().hop() % state.config.size());
        long patience = copy.slots().anyBeside(holder) ? state.timers.copyHot() : state.timers.copyIdle();
        state.startTimer(new Timer.CopyOverdue(copy.fence()), patience);
    }

    /** A token that was not here before. */
    void arrive(Token token) {
        hereSince = state.now;
        act(token);
    }

    /** Stamps the token and does what its slots say (§5.1). */
    void act(Token token) {
        Token stamped = stamp(token);
        int me = state.index();
        if (state.leaving) {
            forward(stamped);
        } else if (stamped.slots().isOldest(me)) {
            criticalSection.accept(stamped);
        } else if (stamped.isIdle()) {
            park(stamped);
        } else {
            forward(stamped);
        }
    }

    private Token stamp(Token token) {
        OptionalLong oldest = state.blocked || state.leaving ? OptionalLong.empty() : state.queue.oldest();
        Token stamped = token.stamped(state.index(), oldest, state.clock.latest());
        state.slots = stamped.slots();
        state.tell(new RingMoment.Stamped(stamped.fence(), stamped.slots()));
        return stamped;
    }

    private void park(Token token) {
        state.enter(new Phase.Parked(token));
        state.tell(new RingMoment.Parked(token.fence()));
        state.startTimer(new Timer.ParkOver(token.fence()), state.timers.park());
    }

    void onParkOver(Fence fence) {
        if (state.phase instanceof Phase.Parked(Token token) && token.fence().equals(fence)) {
            forward(token);
        }
    }

    /** A peer has work: its slot is known before the token gets there (§4.3). */
    void onPeerWaiting(NodeId peer, long oldest) {
        int index = state.config.indexOf(peer);
        if (index < 0) {
            return;
        }
        if (state.phase instanceof Phase.Parked(Token token)) {
            forward(token.with(token.slots().with(index, OptionalLong.of(oldest))));
        } else if (state.phase instanceof Phase.InCriticalSection(CriticalSection section)
                && section.token.config() == state.config.id()) {
            section.token = section.token.with(section.token.slots().with(index, OptionalLong.of(oldest)));
        }
    }

    /** A request has come while the token was parked here (§5.5). */
    void onLocalWork() {
        if (state.phase instanceof Phase.Parked(Token token)) {
            act(token);
        }
    }

    /**
     * Goes on after a critical section with a token that is still alive (§5.2, step 5): to whoever waits, else it stays.
     */
    void goOn(Token token) {
        Token stamped = stamp(token);
        boolean othersWait = stamped.slots().anyBeside(state.index());
        boolean busyForLong = !stamped.isIdle() && state.now - hereSince >= state.timers.park();
        if (state.leaving || othersWait || busyForLong) {
            forward(stamped); // once round at least every X, so that every slot is seen
        } else {
            stay(stamped);
        }
    }

    /** A pass to this node itself, which gives the next batch a fence of its own (rule R1). */
    private void stay(Token token) {
        Token next = token.with(token.fence().plusHops(state.config.size()));
        state.enter(new Phase.WithoutToken());
        state.advanceTo(next.fence());
        NodeId backup = state.peers.liveAfter(state.config, state.self);
        if (!backup.equals(state.self) && state.now - lastCopyAt >= state.timers.park()) {
            sendCopy(backup, next, state.self);
        }
        act(next);
    }

    /** Passes the token to the next live node (§5.3). */
    void forward(Token token) {
        pass(token, 1);
    }

    private void pass(Token token, int firstSteps) {
        Token held = token;
        int me = state.index();
        for (int steps = firstSteps; steps < state.config.size(); steps++) {
            NodeId to = state.config.after(me, steps);
            if (state.peers.isDown(to)) {
                held = skip(held, to);
                continue;
            }
            send(held, steps, to);
            return;
        }
        goOnAlone(held);
    }

    private Token skip(Token held, NodeId peer) {
        state.tell(new RingMoment.Skipped(held.fence(), peer));
        return held.with(held.slots().without(state.config.indexOf(peer))); // rule R4
    }

    private void send(Token held, int steps, NodeId to) {
        Token sent = held.with(held.fence().plusHops(steps));
        state.enter(new Phase.Passing(held, sent, steps, to));
        state.emit(new PassToken(to, sent));
        NodeId backup = state.peers.liveAfter(state.config, to);
        if (backup.equals(state.self)) {
            state.copy = sent;
        } else {
            sendCopy(backup, sent, to);
        }
        state.startTimer(new Timer.PassOverdue(sent.fence()), state.timers.pass());
    }

    private void sendCopy(NodeId backup, Token token, NodeId sentTo) {
        lastCopyAt = state.now;
        state.emit(new SendCopy(backup, token, sentTo));
        state.tell(new RingMoment.Copied(token.fence(), backup));
    }

    /** Nobody else is left: a leaving node lets the token go, another one passes it to itself. */
    private void goOnAlone(Token held) {
        state.enter(new Phase.WithoutToken());
        if (state.leaving) {
            return;
        }
        Token own = held.with(held.fence().plusHops(state.config.size()));
        state.advanceTo(own.fence());
        arrive(own);
    }

    void onPassAnswered(RingEvent.PassAnswered event) {
        boolean current = isPassing(event.fence());
        switch (event.reply()) {
            case Taken(Fence seenThere) -> {
                suspicions.clear(event.peer());
                if (current) {
                    delivered(event.fence(), event.peer());
                }
                state.sightFromPeer(seenThere);
            }
            case Stale(Fence seenThere) -> {
                if (current) {
                    lose();
                    state.tell(new RingMoment.PassRefused(event.fence(), event.peer(), seenThere));
                }
                state.sightFromPeer(seenThere);
            }
            case OtherConfig(long config)
            when config > state.config.id() -> {
                if (current) {
                    lose();
                }
                newerConfig.accept(config);
            }
            case OtherConfig _ -> skipTo(event.fence()); // it is behind, not down, and asks the store by itself
            case NotYours _, Malformed _, NotReady _ -> onPassFailed(event.fence(), event.peer());
        }
    }

    private boolean isPassing(Fence fence) {
        return state.phase instanceof Phase.Passing passing
                && passing.sent().fence().equals(fence);
    }

    private void delivered(Fence fence, NodeId to) {
        state.tell(new RingMoment.Passed(fence, to));
        lose();
        state.sight(fence);
        if (state.copy != null && state.copy.fence().equals(fence)) {
            keepCopy(state.copy); // this node is its own backup: from now on the peer is watched
        }
    }

    private void lose() {
        state.enter(new Phase.WithoutToken());
    }

    /** The token of this fence could not be delivered: on to the node after that one (§5.3, §7). */
    void onPassFailed(Fence fence, NodeId peer) {
        if (isPassing(fence)) {
            suspicions.suspect(peer);
            skipTo(fence);
        }
    }

    void onPassOverdue(Fence fence) {
        if (state.phase instanceof Phase.Passing passing
                && passing.sent().fence().equals(fence)) {
            onPassFailed(fence, passing.to());
        }
    }

    private void skipTo(Fence fence) {
        if (state.phase instanceof Phase.Passing passing
                && passing.sent().fence().equals(fence)) {
            pass(skip(passing.held(), passing.to()), passing.steps() + 1);
        }
    }
}
