package io.ringstore.history;

import org.jspecify.annotations.Nullable;

/**
 * What one client saw of one operation.
 *
 * <p>Times are of one clock that never goes back, in any unit; all clients of a history share it.
 */
public sealed interface Observation {

    /** The completion time of an operation that was never answered. */
    long NEVER = Long.MAX_VALUE;

    long invokedAt();

    long completedAt();

    /**
     * A put of a value that no other put of the history has.
     *
     * <p>A transaction is one for each key that it puts, with its request id. One whose comparisons did not hold is
     * refused: what it would have put must not be there.
     *
     * @param completedAt when its end was known; {@link #NEVER} unless acknowledged or refused
     */
    record WriteSeen(String requestId, String key, String value, long invokedAt, long completedAt, End end)
            implements Observation {}

    /**
     * A linearizable read of one key.
     *
     * @param revision the key's revision; 0 if the key did not exist
     */
    record ReadSeen(String key, long revision, @Nullable String value, long invokedAt, long completedAt)
            implements Observation {}

    /** How a write ended for its client. */
    sealed interface End {

        record Acknowledged(long revision) implements End {}

        /** Every attempt was answered "not applied". */
        record Refused() implements End {}

        /** Some attempt may have been applied. */
        record Unknown() implements End {}
    }
}
