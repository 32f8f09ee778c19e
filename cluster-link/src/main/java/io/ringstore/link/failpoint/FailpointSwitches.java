package io.ringstore.link.failpoint;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The failpoints of one node: which of them are armed, and what happens at those. */
final class FailpointSwitches implements Failpoints {

    /** As a shell reports a process that was killed by {@code SIGKILL}. */
    private static final int KILLED = 137;

    private static final Logger log = LoggerFactory.getLogger(FailpointSwitches.class);

    private final Failpoint.Where service;
    private final DoubleSupplier dice;
    private final Host host;
    private final Map<Failpoint, Switch> switches = new EnumMap<>(Failpoint.class);

    /** What can be done to the process as a whole. */
    interface Host {
        void halt(int status);

        /** Begins to leave, and does not wait for it: who gets here may be needed for that. */
        void exit();

        void freeze(Fault fault);

        /** Fails with the reason, an {@link IllegalArgumentException}, if {@link #freeze} would not work. */
        void requireFreezable();
    }

    FailpointSwitches(Failpoint.Where service, DoubleSupplier dice, Host host) {
        this.service = service;
        this.dice = dice;
        this.host = host;
        Failpoint.in(service).forEach(point -> switches.put(point, new Switch(point)));
    }

    /** How a failpoint is set, and how many times something happened there since the start of the process. */
    record State(String name, @Nullable Fault fault, int acted) {}

    List<State> states() {
        return switches.values().stream().map(Switch::state).toList();
    }

    Failpoint.Where service() {
        return service;
    }

    /** Arms a failpoint anew, whatever it was armed with. */
    State arm(Failpoint point, Fault fault) {
        if (fault.action() == Fault.Action.DROP && !point.isDroppable()) {
            throw new IllegalArgumentException("nothing can be dropped at " + point.word());
        }
        if (point == Failpoint.PAUSE && fault.action() != Fault.Action.PAUSE) {
            throw new IllegalArgumentException("a process can only be paused at " + point.word());
        }
        boolean ends = fault.action() == Fault.Action.HALT || fault.action() == Fault.Action.EXIT;
        if (point == Failpoint.NOW && !ends) {
            throw new IllegalArgumentException("a process can only be ended " + point.word());
        }
        if (point == Failpoint.PAUSE) {
            host.requireFreezable();
        }
        Switch armed = at(point);
        log.warn("failpoint armed point={} fault={}", point.word(), fault);
        armed.arm(fault);
        if (point == Failpoint.PAUSE || point == Failpoint.NOW) {
            armed.act();
        }
        return armed.state();
    }

    State disarm(Failpoint point) {
        log.warn("failpoint disarmed point={}", point.word());
        at(point).arm(null);
        return at(point).state();
    }

    private Switch at(Failpoint point) {
        Switch found = switches.get(point);
        if (found == null) {
            throw new IllegalArgumentException("no failpoint of this service: " + point.word());
        }
        return found;
    }

    @Override
    public boolean drops(Failpoint point) {
        return at(point).act();
    }

    @Override
    public boolean isArmed(Failpoint point) {
        return at(point).isArmed();
    }

    private final class Switch {

        private final Failpoint point;
        private @Nullable Fault fault;
        private int acted;
        private int left;
        private int armings;

        Switch(Failpoint point) {
            this.point = point;
        }

        synchronized State state() {
            return new State(point.word(), fault, acted);
        }

        synchronized boolean isArmed() {
            return fault != null;
        }

        synchronized void arm(@Nullable Fault newFault) {
            armings++;
            fault = newFault;
            left = newFault == null ? 0 : newFault.count();
            notifyAll();
        }

        /** Under the lock, so that nobody slips past a failpoint at which the process is about to end. */
        synchronized boolean act() {
            Fault now = fault;
            if (now == null || left == 0 || dice.getAsDouble() >= now.probability()) {
                return false;
            }
            left--;
            if (left == 0 && now.action() != Fault.Action.PAUSE) {
                fault = null;
            }
            acted++;
            log.warn("failpoint acts point={} action={} left={}", point.word(), now.action(), left);
            switch (now.action()) {
                case HALT -> host.halt(KILLED);
                case EXIT -> host.exit();
                case PAUSE -> pause(now);
                case DELAY -> stay(now, () -> false);
                case DROP -> {
                    return true;
                }
            }
            return false;
        }

        private void pause(Fault now) {
            if (point == Failpoint.PAUSE) {
                fault = null;
                host.freeze(now);
            } else {
                int armedNow = armings;
                stay(now, () -> armings != armedNow);
                if (left == 0 && armings == armedNow) {
                    fault = null;
                }
            }
        }

        /** Gives the lock away meanwhile: others who get here stay on their own account. */
        private void stay(Fault now, BooleanSupplier released) {
            long end = System.nanoTime() + now.length().toNanos();
            try {
                for (long rest = end - System.nanoTime();
                        rest > 0 && !released.getAsBoolean();
                        rest = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(this, rest);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
