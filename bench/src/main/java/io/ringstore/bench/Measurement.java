package io.ringstore.bench;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;

/**
 * What was measured of one system under one load, or the medians of several of these.
 *
 * @param work write or read
 * @param perSecond values written, or keys read
 * @param millis how long calls took that succeeded: mean, percentiles, and the longest
 * @param failures how many did not, by reason
 * @param servers what the servers spent and did, as far as they tell
 * @param stages milliseconds of a write by stage, which add up to its mean
 */
record Measurement(
        String target,
        String work,
        int clients,
        double perSecond,
        Map<String, Double> millis,
        Map<String, Long> failures,
        Map<String, Double> servers,
        Map<String, Double> stages) {

    static final String MEAN = "mean";
    static final String P50 = "p50";
    static final String P99 = "p99";
    static final String P999 = "p99.9";
    static final String MAX = "max";

    private static final double NANOS_PER_MILLI = 1e6;

    static Map<String, Double> millis(AbstractHistogram nanos) {
        Map<String, Double> millis = new LinkedHashMap<>();
        millis.put(MEAN, nanos.getMean() / NANOS_PER_MILLI);
        millis.put(P50, nanos.getValueAtPercentile(50) / NANOS_PER_MILLI);
        millis.put(P99, nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
        millis.put(P999, nanos.getValueAtPercentile(99.9) / NANOS_PER_MILLI);
        millis.put(MAX, nanos.getMaxValue() / NANOS_PER_MILLI);
        return millis;
    }

    boolean isSameLoad(Measurement other) {
        return work.equals(other.work) && clients == other.clients;
    }

    private boolean isLike(Measurement other) {
        return target.equals(other.target) && isSameLoad(other);
    }

    double mean() {
        return millis.getOrDefault(MEAN, 0.0);
    }

    long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One for each system and load, in the order in which they first come. */
    static List<Measurement> medians(List<Measurement> rounds) {
        List<Measurement> medians = new ArrayList<>();
        for (Measurement first : rounds) {
            if (medians.stream().noneMatch(first::isLike)) {
                medians.add(first.medianOf(rounds.stream().filter(first::isLike).toList()));
            }
        }
        return medians;
    }

    /** Failures are added up; stages are those of the round whose mean is the median, as others would not add up. */
    private Measurement medianOf(List<Measurement> like) {
        Measurement typical = like.stream()
                .sorted(comparingDouble(Measurement::mean))
                .toList()
                .get((like.size() - 1) / 2);
        return new Measurement(
                target,
                work,
                clients,
                Values.median(like.stream().mapToDouble(Measurement::perSecond)),
                Values.medians(like.stream().map(Measurement::millis).toList()),
                Values.sums(like.stream().map(Measurement::failures)),
                Values.medians(like.stream().map(Measurement::servers).toList()),
                typical.stages);
    }
}
