package io.ringstore.client.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Somebody who listens to the ring. What it has not taken yet is kept for it up to a bound; beyond that it is dropped. */
final class Listener {

    private static final int MAX_WAITING_BYTES = 256 << 10;

    final EventStream stream = new EventStream();

    /** Whether it also wants to know how everybody is. */
    final boolean wantsState;

    private final Executor threads;
    private final Consumer<Listener> whenGone;
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean sending;
    private @Nullable Ending ending;
    private long heardAt = System.nanoTime();

    /** @param whenGone may be run more than once */
    Listener(boolean wantsState, Executor threads, Consumer<Listener> whenGone) {
        this.wantsState = wantsState;
        this.threads = threads;
        this.whenGone = whenGone;
    }

    synchronized void tell(byte[] events) {
        if (ending == null && waiting.size() + events.length > MAX_WAITING_BYTES) {
            end(Ending.TOO_SLOW);
        } else if (ending == null) {
            waiting.writeBytes(events);
            send();
        }
    }

    synchronized void beat(long now, long heartbeatNanos) {
        if (!sending && now - heardAt >= heartbeatNanos) {
            tell(Events.HEARTBEAT);
        }
    }

    /** What waits is given up: whoever listens wants to know how things are now. */
    synchronized void end(Ending why) {
        waiting = new ByteArrayOutputStream();
        waiting.writeBytes(why.event());
        ending = why;
        send();
    }

    private synchronized void send() {
        if (!sending) {
            sending = true;
            threads.execute(this::run);
        }
    }

    private void run() {
        try {
            for (byte[] events = take(); events.length > 0; events = take()) {
                stream.send(events);
            }
            if (isEnding()) {
                stream.end();
                whenGone.accept(this);
            }
        } catch (IOException gone) {
            whenGone.accept(this);
        }
    }

    /** What is to be sent next; with nothing, sending ends. */
    private synchronized byte[] take() {
        byte[] events = waiting.toByteArray();
        waiting = new ByteArrayOutputStream();
        sending = events.length > 0;
        heardAt = System.nanoTime();
        return events;
    }

    private synchronized boolean isEnding() {
        return ending != null;
    }
}
