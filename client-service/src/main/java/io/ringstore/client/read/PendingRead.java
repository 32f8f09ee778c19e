package io.ringstore.client.read;

import io.ringstore.api.KeyRead;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One read on its way through the gateway, and whoever waits for it. */
final class PendingRead {

    private final String key;
    private final long deadline;
    private @Nullable Turn turn;

    /** @param deadline on the clock of {@link System#nanoTime} */
    PendingRead(String key, long deadline) {
        this.key = key;
        this.deadline = deadline;
    }

    /** What whoever waits for a read gets to know. */
    sealed interface Turn {}

    record Answered(KeyRead answer) implements Turn {}

    record Failed(RuntimeException failure) implements Turn {}

    /** It makes the next call, for all that have gathered. */
    record CallForAll() implements Turn {}

    /** Its time is over. */
    record Late() implements Turn {}

    String key() {
        return key;
    }

    long deadline() {
        return deadline;
    }

    synchronized void answered(KeyRead answer) {
        turn = new Answered(answer);
        notifyAll();
    }

    synchronized void failed(RuntimeException failure) {
        turn = new Failed(failure);
        notifyAll();
    }

    synchronized void callForAll() {
        turn = new CallForAll();
        notifyAll();
    }

    synchronized boolean isToCall() {
        return turn instanceof CallForAll;
    }

    /** Waits for what comes next, which is told once. */
    synchronized Turn awaitTurn() {
        try {
            for (long left = nanosLeft(); turn == null && left > 0; left = nanosLeft()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        Turn now = turn == null ? new Late() : turn;
        turn = null;
        return now;
    }

    private long nanosLeft() {
        return deadline - System.nanoTime();
    }
}
