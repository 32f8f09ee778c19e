package io.ringstore.client.lab;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * How one client of the lab lives.
 *
 * @param writes how many it makes
 * @param knowsOneNode whether all go to one sync node, as those of the assignment's clients, or wherever the gateway chooses
 * @param resources among which it chooses
 * @param size of its values, in bytes; shorter ones are as long as the write's name
 */
record Habit(long writes, boolean knowsOneNode, int resources, int size, Pace pace) {

    /** Until it is told to stop. */
    static final long WITHOUT_END = Long.MAX_VALUE;

    private static final int RESOURCES = 5;

    /** When the next write begins. */
    @FunctionalInterface
    interface Pace {
        /**
         * How long to wait, in nanoseconds.
         *
         * @param written how many writes were made so far
         * @param elapsed nanoseconds since the first one could begin
         */
        long untilNext(long written, long elapsed);
    }

    /** Of a client that thinks after each answer, and not before the first write. */
    static Habit thinking(long writes, int resources, Duration least, Duration most, SplittableRandom random) {
        return new Habit(
                writes,
                true,
                resources,
                0,
                (written, _) -> written == 0 ? 0 : random.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    /** Of a client of a scenario: one of a few that write now and then until it is over. */
    static Habit unhurried(Duration think, SplittableRandom random) {
        return thinking(
                WITHOUT_END,
                RESOURCES,
                think.dividedBy(2),
                think.multipliedBy(3).dividedBy(2),
                random);
    }

    /** Of one of several clients that keep a rate together; one that is late goes on at once. */
    static Habit steady(WorkloadPlan.Load plan, int client) {
        long interval = TimeUnit.SECONDS.toNanos(plan.clients()) / plan.rate();
        long first = client * (interval / plan.clients());
        long share = plan.writes() / plan.clients() + (client < plan.writes() % plan.clients() ? 1 : 0);
        return new Habit(
                share,
                false,
                RESOURCES,
                plan.size(),
                (written, elapsed) -> Math.max(0, first + written * interval - elapsed));
    }
}
