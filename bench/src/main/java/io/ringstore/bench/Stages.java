package io.ringstore.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Where the time of a write goes: parts of what clients saw on average that add up to it. */
final class Stages {

    private static final String WRITES = "ringstore_gateway_writes_seconds_%s{outcome=\"committed\"}";
    private static final double MILLIS = 1e3;

    private record Stage(String tag, String name) {}

    private static final List<Stage> ORDER = List.of(
            new Stage("queue", "waiting in the gateway for a call"),
            new Stage("ring", "call to the sync node, waiting for the token"),
            new Stage("store", "call to the store, replication, flush"));

    private Stages() {}

    /**
     * Says where the time went.
     *
     * @param observed milliseconds from due to answered, as clients saw it on average
     * @param added what the meters counted meanwhile
     * @return milliseconds by stage, in the order in which a write meets them; nothing if there are no such meters
     */
    static Map<String, Double> of(double observed, Meters added) {
        OptionalDouble gateway = perWrite(added, WRITES.formatted("sum"));
        Map<String, Double> stages = new LinkedHashMap<>();
        if (gateway.isEmpty()) {
            return stages;
        }
        stages.put("client and HTTP to the gateway", observed - gateway.getAsDouble());
        double rest = gateway.getAsDouble();
        for (Stage stage : ORDER) {
            double millis = perWrite(
                            added, "ringstore_gateway_stage_seconds_total{stage=\"%s\"}".formatted(stage.tag()))
                    .orElse(0);
            stages.put(stage.name(), millis);
            rest -= millis;
        }
        stages.put("the rest of the gateway", rest);
        return stages;
    }

    private static OptionalDouble perWrite(Meters added, String seconds) {
        OptionalDouble mean = added.ratio(seconds, WRITES.formatted("count"));
        return mean.isPresent() ? OptionalDouble.of(mean.getAsDouble() * MILLIS) : mean;
    }
}
