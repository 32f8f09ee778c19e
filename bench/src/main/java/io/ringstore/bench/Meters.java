package io.ringstore.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What the meters of all servers of a system say, summed up by series. */
record Meters(Map<String, Double> series) {

    /** Nodes number the same series; only what differs within one node is kept of its labels. */
    private static final String NODE_LABELS = "(cluster|node)=\"[^\"]*\",?";

    private static final int OK = 200;

    static Meters read(HttpClient http, Collection<URI> servers) throws IOException, InterruptedException {
        Map<String, Double> sums = new HashMap<>();
        for (URI server : servers) {
            var answer = http.send(HttpRequest.newBuilder(server).build(), BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new IOException(server + " answered " + answer.statusCode());
            }
            parse(answer.body()).series.forEach((name, value) -> sums.merge(name, value, Double::sum));
        }
        return new Meters(sums);
    }

    /** Reads Prometheus' text form; a series is named {@code name{label="value"}}, without labels {@code name}. */
    static Meters parse(String text) {
        Map<String, Double> sums = new HashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            int end = line.lastIndexOf(' ');
            String name = line.substring(0, end)
                    .replaceAll(NODE_LABELS, "")
                    .replace(",}", "}")
                    .replace("{}", "");
            sums.merge(name, Double.parseDouble(line.substring(end + 1)), Double::sum);
        });
        return new Meters(sums);
    }

    /** What was added since then. */
    Meters minus(Meters before) {
        Map<String, Double> added = new HashMap<>();
        series.forEach((name, value) -> added.put(name, value - before.series.getOrDefault(name, 0.0)));
        return new Meters(added);
    }

    /** Nothing if there is no such series. */
    OptionalDouble of(String name) {
        Double value = series.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Of two series; nothing if one is not there, or nothing happened. */
    OptionalDouble ratio(String numerator, String denominator) {
        OptionalDouble above = of(numerator);
        OptionalDouble below = of(denominator);
        return above.isPresent() && below.isPresent() && below.getAsDouble() > 0
                ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
                : OptionalDouble.empty();
    }
}
