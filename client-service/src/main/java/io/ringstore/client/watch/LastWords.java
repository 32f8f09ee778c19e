package io.ringstore.client.watch;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What stopping waits for, but not for long: that everybody was told. */
final class LastWords {

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private LastWords() {}

    /** @param monitor guards the condition, and is notified when it may hold */
    static void await(Object monitor, BooleanSupplier allWereTold) {
        long until = System.nanoTime() + LONGEST_NANOS;
        synchronized (monitor) {
            try {
                for (long left = LONGEST_NANOS;
                        left > 0 && !allWereTold.getAsBoolean();
                        left = until - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(monitor, left);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
