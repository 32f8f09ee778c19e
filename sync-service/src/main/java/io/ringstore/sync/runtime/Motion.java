package io.ringstore.sync.runtime;

import io.ringstore.cluster.Fence;
import io.ringstore.ring.NodeReport;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Slow motion, for the lab: holds each token back that is about to leave, with its copies, for some time or until it is
 * told to let one go.
 *
 * <p>The core believes that it is passing. It goes on answering, so that peers who ask where the token is learn that it
 * is here and has just moved: to wait on purpose is not to be stuck, and opens no epoch.
 */
final class Motion {

    /** Nobody watches for so long: then it goes on by itself. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("motion").daemon().factory());

    private Duration hop = Duration.ZERO;
    private boolean paused;
    private @Nullable Held held;
    private @Nullable Future<?> release;

    private record Held(RingAction.PassToken pass, List<Runnable> sends) {
        Fence fence() {
            return pass.token().fence();
        }
    }

    /**
     * How it is set, and what is held.
     *
     * @param hopMillis how long each token is held back; 0 not at all
     * @param epoch of the token that is held back just now; null if none is
     */
    record State(
            boolean paused,
            long hopMillis,
            @Nullable Long epoch,
            @Nullable Long hop,
            @Nullable String to) {}

    synchronized State state() {
        Held now = held;
        return now == null
                ? new State(paused, hop.toMillis(), null, null, null)
                : new State(
                        paused,
                        hop.toMillis(),
                        now.fence().epoch(),
                        now.fence().hop(),
                        now.pass().to().name());
    }

    synchronized State set(boolean newPaused, Duration newHop) {
        if (newHop.isNegative() || newHop.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("hopMillis is from 0 to " + LONGEST.toMillis());
        }
        paused = newPaused;
        hop = newHop;
        Held now = held;
        if (now != null) {
            schedule(now.fence());
        }
        return state();
    }

    /** Lets go what is held. */
    synchronized State step() {
        Held now = held;
        held = null;
        if (release != null) {
            release.cancel(false);
            release = null;
        }
        if (now != null) {
            now.sends().forEach(Runnable::run);
        }
        return state();
    }

    private void schedule(Fence waiting) {
        if (release != null) {
            release.cancel(false);
        }
        Duration rest = paused ? LONGEST : hop;
        release = clock.schedule(() -> stepIf(waiting), rest.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void stepIf(Fence waiting) {
        if (holds(waiting)) {
            step();
        }
    }

    private synchronized boolean holds(Fence fence) {
        Held now = held;
        return now != null && now.fence().equals(fence);
    }

    /** The core, which is not told that a token is overdue that is held back. */
    RingCore around(RingCore core) {
        return (now, event) -> {
            if (event instanceof RingEvent.TimerFired(Timer.PassOverdue(var fence)) && holds(fence)) {
                return List.of();
            }
            if (event instanceof RingEvent.StopRequested) {
                set(false, Duration.ZERO);
            }
            List<RingAction> actions = core.handle(now, event);
            return isHolding() ? actions.stream().map(Motion::fresh).toList() : actions;
        };
    }

    private synchronized boolean isHolding() {
        return held != null;
    }

    private static RingAction fresh(RingAction action) {
        if (action instanceof RingAction.Answer(long exchange, PeerReply.Report(NodeReport report))) {
            return new RingAction.Answer(
                    exchange,
                    new PeerReply.Report(new NodeReport(
                            report.seen(),
                            report.phase(),
                            0,
                            report.blocked(),
                            report.incarnation(),
                            report.queued(),
                            report.oldest(),
                            report.slots())));
        }
        return action;
    }

    RingPorts around(RingPorts ports) {
        return new Ports(ports);
    }

    private final class Ports extends ForwardingPorts {

        Ports(RingPorts ports) {
            super(ports);
        }

        @Override
        public void passToken(RingAction.PassToken action) {
            synchronized (Motion.this) {
                if (!paused && hop.isZero()) {
                    super.passToken(action);
                    return;
                }
                List<Runnable> sends = new ArrayList<>();
                sends.add(() -> super.passToken(action));
                held = new Held(action, sends);
                schedule(action.token().fence());
            }
        }

        @Override
        public void sendCopy(RingAction.SendCopy action) {
            synchronized (Motion.this) {
                Held now = held;
                if (now != null && now.fence().equals(action.token().fence())) {
                    now.sends().add(() -> super.sendCopy(action));
                } else {
                    super.sendCopy(action);
                }
            }
        }
    }
}
