package io.ringstore.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What clients saw of the calls that were due while it was measured: how long those took that succeeded, and why others failed. */
final class Seen {

    private static final int DIGITS = 3;

    final Histogram writeNanos = new Histogram(DIGITS);
    final Histogram readNanos = new Histogram(DIGITS);
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
