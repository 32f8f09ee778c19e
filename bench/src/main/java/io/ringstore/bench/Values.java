package io.ringstore.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Numbers by name, in the order in which they are to be shown. */
final class Values {

    private Values() {}

    static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** By name, of those that have it; each name that any of them has is there. */
    static Map<String, Double> medians(List<Map<String, Double>> all) {
        Map<String, Double> medians = new LinkedHashMap<>();
        all.forEach(values -> values.keySet().forEach(name -> medians.put(name, 0.0)));
        medians.replaceAll((name, _) -> median(all.stream()
                .filter(values -> values.containsKey(name))
                .mapToDouble(values -> values.getOrDefault(name, 0.0))));
        return medians;
    }

    static Map<String, Long> sums(Stream<Map<String, Long>> all) {
        Map<String, Long> sums = new TreeMap<>();
        all.forEach(counts -> counts.forEach((name, count) -> sums.merge(name, count, Long::sum)));
        return sums;
    }
}
