package io.ringstore.sync.runtime;

import io.ringstore.ring.Timer;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The timers that the core has asked for; used by the loop only. Times are of {@code System.nanoTime()}. */
final class TimerQueue {

    private static final double JITTER = 0.2;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private record Due(long at, long order, Timer timer) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long order;

    void start(Timer timer, long millis, boolean jittered, long now) {
        double factor = jittered ? ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER) : 1;
        queue.add(new Due(now + (long) (millis * NANOS_PER_MILLI * factor), order++, timer));
    }

    /** The next timer that is due, or null. */
    @Nullable
    Timer takeDue(long now) {
        Due first = queue.peek();
        if (first == null || first.at() > now) {
            return null;
        }
        queue.remove();
        return first.timer();
    }

    /** How long until the next timer is due, at most {@code most}; in nanoseconds. */
    long untilNext(long now, long most) {
        Due first = queue.peek();
        return first == null ? most : Math.clamp(first.at() - now, 0, most);
    }
}
