package io.ringstore.client.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** Meters of those who wait; nothing is registered for each of them. */
final class WatchMetrics {

    private final MeterRegistry registry;
    private final Counter records;
    private final Counter refused;
    private final Map<Ending, Counter> ended = new EnumMap<>(Ending.class);

    WatchMetrics(MeterRegistry registry) {
        this.registry = registry;
        records = registry.counter("ringstore.watch.records");
        refused = registry.counter("ringstore.watch.refused");
        for (Ending why : Ending.values()) {
            ended.put(why, registry.counter("ringstore.watch.ended", "reason", why.word()));
        }
    }

    /** @param kind watcher, poll or listener */
    void open(String kind, IntSupplier count) {
        Gauge.builder("ringstore.watch.open", count::getAsInt).tag("kind", kind).register(registry);
    }

    void sent(int newRecords) {
        records.increment(newRecords);
    }

    void refused() {
        refused.increment();
    }

    void ended(Ending why) {
        Counter counter = ended.get(why);
        if (counter != null) {
            counter.increment();
        }
    }
}
