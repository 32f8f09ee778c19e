package io.ringstore.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What was seen while measuring.
 *
 * @param nanos how long each request took that was answered as it should be
 * @param failures how often one ended in any other way, by reason
 */
record Result(int clients, Duration duration, Histogram nanos, Map<String, Long> failures) {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    static Result nothingYet(Plan plan) {
        return new Result(0, plan.duration(), new Histogram(3), Map.of());
    }

    /** Both seen by clients that ran at the same time. */
    Result plus(Result other) {
        Histogram both = nanos.copy();
        both.add(other.nanos);
        Map<String, Long> reasons = new TreeMap<>(failures);
        other.failures.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        return new Result(clients + other.clients, duration, both, reasons);
    }

    double perSecond() {
        return nanos.getTotalCount() * NANOS_PER_SECOND / duration.toNanos();
    }

    double millisAt(double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}
