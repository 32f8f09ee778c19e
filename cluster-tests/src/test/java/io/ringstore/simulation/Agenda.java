package io.ringstore.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is due next happens next; what is due together happens in the order of planning. */
final class Agenda {

    static final long MICROS_PER_MILLI = 1_000;

    /** A run has some thousands; one that has as many as this goes round in circles. */
    private static final long MOST_HAPPENINGS = 300_000;

    private record Item(long at, long number, Runnable what) {}

    private final PriorityQueue<Item> items =
            new PriorityQueue<>(Comparator.comparingLong(Item::at).thenComparingLong(Item::number));
    private long now;
    private long planned;
    private long happened;

    /** Microseconds since the run began. */
    long now() {
        return now;
    }

    long millis() {
        return now / MICROS_PER_MILLI;
    }

    /** How many things have happened so far. */
    long happened() {
        return happened;
    }

    void in(long micros, Runnable what) {
        items.add(new Item(now + Math.max(0, micros), planned++, what));
    }

    void inMillis(long millis, Runnable what) {
        in(millis * MICROS_PER_MILLI, what);
    }

    /** Lets the next thing happen; returns false, at {@code endMillis}, if nothing is due until then. */
    boolean step(long endMillis) {
        Item next = items.peek();
        if (next == null || next.at() > endMillis * MICROS_PER_MILLI) {
            now = Math.max(now, endMillis * MICROS_PER_MILLI);
            return false;
        }
        items.remove();
        now = next.at();
        happened++;
        if (happened > MOST_HAPPENINGS) {
            throw new IllegalStateException("a cluster busy with itself: " + happened + " events");
        }
        next.what().run();
        return true;
    }
}
