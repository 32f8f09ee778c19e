package io.ringstore.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows measurements to people. */
final class Table {

    private static final String HEAD = "%-16s %-6s%8s%9s%9s%9s%10s%8s%9s%9s%9s%n";

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    /** Systems under the same load stand one below the other, followed by how the first compares to each of the others. */
    void print(List<Measurement> measurements) {
        out.printf(
                HEAD,
                "",
                "work",
                "clients",
                "/s",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "failed",
                "CPU ms",
                "flushes",
                "RSS MiB");
        List<Measurement> left = measurements;
        while (!left.isEmpty()) {
            Measurement first = left.getFirst();
            List<Measurement> group = left.stream().filter(first::isSameLoad).toList();
            left = left.stream().filter(each -> !first.isSameLoad(each)).toList();
            group.forEach(this::line);
            group.stream().skip(1).forEach(other -> ratios(first, other));
        }
        measurements.forEach(this::details);
    }

    private void line(Measurement each) {
        out.printf(
                HEAD,
                each.target(),
                each.work(),
                each.clients(),
                "%.0f".formatted(each.perSecond()),
                number("%.2f", each.millis(), Measurement.P50),
                number("%.2f", each.millis(), Measurement.P99),
                number("%.2f", each.millis(), Measurement.P999),
                each.failed(),
                number("%.3f", each.servers(), Load.CPU),
                number("%.3f", each.servers(), Load.FLUSHES),
                number("%.0f", each.servers(), Load.RSS));
    }

    private void ratios(Measurement first, Measurement other) {
        out.printf(
                HEAD,
                "  : " + other.target(),
                "",
                "",
                ratio(first.perSecond(), other.perSecond()),
                ratio(first.millis(), other.millis(), Measurement.P50),
                ratio(first.millis(), other.millis(), Measurement.P99),
                ratio(first.millis(), other.millis(), Measurement.P999),
                "",
                ratio(first.servers(), other.servers(), Load.CPU),
                ratio(first.servers(), other.servers(), Load.FLUSHES),
                ratio(first.servers(), other.servers(), Load.RSS));
    }

    private void details(Measurement each) {
        String load = "%s, %d clients".formatted(each.target(), each.clients());
        each.failures().forEach((reason, count) -> out.printf("%s: failed %d times: %s%n", load, count, reason));
        if (each.stages().isEmpty()) {
            return;
        }
        double sum =
                each.stages().values().stream().mapToDouble(Double::doubleValue).sum();
        out.printf("%n%s: where the %.2f ms of a %s go on average%n", load, sum, each.work());
        each.stages().forEach((stage, millis) -> out.printf("  %-46s %8.2f ms%n", stage, millis));
        each.servers().forEach((name, value) -> {
            if (Load.BATCHES.containsKey(name)) {
                out.printf("  %-46s %8.1f%n", name, value);
            }
        });
    }

    private static String number(String format, Map<String, Double> values, String name) {
        Double value = values.get(name);
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static String ratio(Map<String, Double> first, Map<String, Double> other, String name) {
        return first.containsKey(name) && other.containsKey(name) ? ratio(first.get(name), other.get(name)) : "";
    }

    private static String ratio(double first, double other) {
        return other == 0 ? "-" : "x %.2f".formatted(first / other);
    }
}
