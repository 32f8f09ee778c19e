package io.ringstore.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.IntCountsHistogram;

/** What clients saw of the calls that were due while it was measured: how long those took that succeeded, and why others failed. */
final class Seen {

    private static final int DIGITS = 3;

    /** Each client has its own, and of 3,000 clients, with longs, they would be 600 MB. */
    final IntCountsHistogram writeNanos = new IntCountsHistogram(DIGITS);

    final IntCountsHistogram readNanos = new IntCountsHistogram(DIGITS);
    final Map<String, Long> failures = new TreeMap<>();

    void succeeded(boolean read, long nanos) {
        (read ? readNanos : writeNanos).recordValue(nanos);
    }

    void failed(String why, long times) {
        failures.merge(why, times, Long::sum);
    }

    void add(Seen other) {
        writeNanos.add(other.writeNanos);
        readNanos.add(other.readNanos);
        other.failures.forEach(this::failed);
    }
}
