package io.ringstore.client.fake;

import io.ringstore.api.FenceMessage;
import io.ringstore.api.MomentMessage;
import io.ringstore.api.MomentsMessage;
import io.ringstore.api.NodeState;
import io.ringstore.api.SyncApi;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** A sync node that answers as it is told, and remembers what it was asked. */
public final class FakeSync implements SyncApi {

    private final List<List<WriteMessage>> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<List<WriteMessage>, List<WriteResult>> behaviour;
    private final Supplier<NodeState> well;
    private volatile Supplier<NodeState> health;
    private final AtomicInteger stateAsked = new AtomicInteger();
    private final List<MomentMessage> moments = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger momentsAsked = new AtomicInteger();
    private volatile String incarnation = "first";
    private volatile boolean mute;

    public FakeSync(int index, Function<List<WriteMessage>, List<WriteResult>> behaviour) {
        this.behaviour = behaviour;
        this.well = () -> new NodeState(
                "sync-" + index,
                index,
                new FenceMessage(7, 1_042),
                "IDLE",
                5,
                false,
                "incarnation",
                0,
                null,
                Collections.nCopies(5, null));
        this.health = well;
    }

    public void does(Function<List<WriteMessage>, List<WriteResult>> newBehaviour) {
        behaviour = newBehaviour;
    }

    public void health(Supplier<NodeState> newHealth) {
        health = newHealth;
    }

    /** Each call with its writes. */
    public List<List<WriteMessage>> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    @Override
    public List<WriteResult> write(List<WriteMessage> writes) {
        calls.add(List.copyOf(writes));
        return behaviour.apply(writes);
    }

    @Override
    public NodeState state() {
        stateAsked.incrementAndGet();
        return health.get();
    }

    @Override
    public MomentsMessage moments(long after, long waitMillis) {
        momentsAsked.incrementAndGet();
        if (mute) {
            throw Results.refusedConnection();
        }
        NodeState state = health.get();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        synchronized (moments) {
            while (moments.size() <= after && System.nanoTime() < deadline) {
                awaitMoment(deadline - System.nanoTime());
            }
            int known = (int) Math.min(after, moments.size());
            return new MomentsMessage(
                    incarnation, moments.size(), List.copyOf(moments.subList(known, moments.size())), state);
        }
    }

    private void awaitMoment(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(moments, nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Something happens on the ring. */
    public void happens(MomentMessage moment) {
        synchronized (moments) {
            moments.add(moment);
            moments.notifyAll();
        }
    }

    /** Whether it refuses to tell its moments. */
    public void mute(boolean nowMute) {
        mute = nowMute;
    }

    /** It is started anew and has seen nothing yet. */
    public void restarted() {
        synchronized (moments) {
            moments.clear();
            incarnation += "x";
            moments.notifyAll();
        }
        health = well;
    }

    /** How often it was asked how it is. */
    public int stateAsked() {
        return stateAsked.get();
    }

    /** How often it was asked for moments. */
    public int momentsAsked() {
        return momentsAsked.get();
    }
}
