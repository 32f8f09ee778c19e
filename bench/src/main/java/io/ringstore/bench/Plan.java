package io.ringstore.bench;

import java.time.Duration;

/**
 * What each client does.
 *
 * @param size bytes in a value
 * @param records how many values one call writes
 * @param readShare percentage of calls that read
 * @param localReads whether reads may be served by any one replica, or are linearizable
 * @param warmUp how long clients work before anything is measured
 */
record Plan(int size, int records, int readShare, boolean localReads, Pace pace, Duration warmUp, Duration duration) {

    String value() {
        return "x".repeat(size);
    }

    /** Spreads reads evenly, so that no chance is involved. */
    boolean isRead(long call) {
        return (call + 1) * readShare / 100 > call * readShare / 100;
    }
}
