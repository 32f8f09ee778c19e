package io.ringstore.client.watch;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Somebody who watches the keys with a prefix: a place in the log. All that changes is guarded by the backlog's monitor. */
final class Watcher {

    final String prefix;
    final EventStream stream;

    /** The part of the heartbeat after which this one is due: not all at once, though all were told of the same record. */
    final double eagerness = ThreadLocalRandom.current().nextDouble(0.75, 0.95);

    /** Every record before this one was sent, or is not wanted. */
    long next;

    /** The greatest revision that the client knows to have been sent. */
    long told;

    /** Whether somebody serves it, or it waits for its turn to read the log. */
    boolean active;

    /** Whether it has one of the few places for reading the log. */
    boolean reading;

    /** Whether it has heard nothing for too long. */
    boolean beat;

    /** Since when nobody serves it, by {@link System#nanoTime}. */
    long restingSince;

    @Nullable
    Ending ending;

    Watcher(String prefix, long from, EventStream stream) {
        this.prefix = prefix;
        this.stream = stream;
        this.next = from;
        this.told = from - 1;
    }

    /** A sign of life; with the place to resume from, if that has moved on without anything to send. */
    Step takeBeat() {
        beat = false;
        if (next - 1 == told) {
            return new Step.Beat(Events.HEARTBEAT);
        }
        told = next - 1;
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(Events.HEARTBEAT);
        both.writeBytes(Events.progress(told));
        return new Step.Beat(both.toByteArray());
    }
}
