package io.ringstore.link.failpoint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens at a failpoint, how often, and how surely.
 *
 * @param count how many times; afterwards the failpoint is as if it had never been armed
 * @param probability with which it happens each time the code gets there
 * @param length of a delay or a pause
 */
record Fault(Action action, int count, double probability, Duration length) {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration USUAL = Duration.ofSeconds(1);

    /** What can happen. */
    enum Action {
        /** The process ends at once, as if by {@code kill -9}. */
        HALT,
        /** The node leaves in order, as if by {@code SIGTERM}, and its process ends. */
        EXIT,
        /** Whoever gets there stays until the failpoint is disarmed or the length is over. */
        PAUSE,
        /** What was about to happen is left out. */
        DROP,
        /** It happens later. */
        DELAY
    }

    Fault {
        if (count < 1) {
            throw new IllegalArgumentException("count is at least 1, not " + count);
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability is above 0 and at most 1, not " + probability);
        }
        if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "millis is from 1 to " + LONGEST.toMillis() + ", not " + length.toMillis());
        }
    }

    /** From what a request says, with what is usual where it says nothing. */
    static Fault of(Action action, @Nullable Integer count, @Nullable Double probability, @Nullable Long millis) {
        return new Fault(
                action,
                count == null ? 1 : count,
                probability == null ? 1 : probability,
                millis != null ? Duration.ofMillis(millis) : action == Action.PAUSE ? LONGEST : USUAL);
    }
}
