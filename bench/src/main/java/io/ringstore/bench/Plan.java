package io.ringstore.bench;

import java.net.URI;
import java.time.Duration;

/**
 * What to measure.
 *
 * @param target where the gateway listens
 * @param clients how many work at once, each on one request at a time
 * @param size bytes in a value
 * @param duration how long is measured, after a warm-up of half as long that is not
 */
record Plan(Work work, URI target, int clients, int size, Duration duration) {

    Plan {
        if (clients < 1 || size < 0 || !duration.isPositive()) {
            throw new IllegalArgumentException("clients and seconds must be positive, size must not be negative");
        }
    }

    static Plan of(Work work, String... arguments) {
        return new Plan(
                work,
                URI.create(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Duration.ofSeconds(Long.parseLong(arguments[3])));
    }

    Duration warmUp() {
        return duration.dividedBy(2);
    }
}
