package io.ringstore.client.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.client.gateway.NotAdmitted.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Meters of the gateway; nothing is registered per request. */
final class GatewayMetrics {

    /** Few, as each outcome has them: Prometheus takes no name of which only some have buckets. */
    private static final Duration[] BUCKETS = IntStream.of(2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final double MICROS_PER_SECOND = 1e6;

    private final Map<Status, Timer> byOutcome = new EnumMap<>(Status.class);
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter queue;
    private final Counter ring;
    private final Counter store;
    private final Counter retries;
    private final DistributionSummary batchSize;

    GatewayMetrics(MeterRegistry registry) {
        for (Status status : Status.values()) {
            byOutcome.put(
                    status,
                    Timer.builder("ringstore.gateway.writes")
                            .tag("outcome", word(status))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
        for (Reason reason : Reason.values()) {
            refused.put(reason, registry.counter("ringstore.gateway.refused", "reason", word(reason)));
        }
        Gauge.builder("ringstore.gateway.waiting", waiting, AtomicInteger::get)
                .baseUnit("requests")
                .register(registry);
        queue = stage(registry, "queue");
        ring = stage(registry, "ring");
        store = stage(registry, "store");
        retries = registry.counter("ringstore.gateway.retries");
        batchSize = DistributionSummary.builder("ringstore.gateway.batch.size")
                .baseUnit("requests")
                .register(registry);
    }

    private static Counter stage(MeterRegistry registry, String stage) {
        return Counter.builder("ringstore.gateway.stage")
                .tag("stage", stage)
                .baseUnit("seconds")
                .register(registry);
    }

    void sent(int writes) {
        batchSize.record(writes);
    }

    void retried() {
        retries.increment();
    }

    void refused(Reason reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void begun() {
        waiting.incrementAndGet();
    }

    void ended(WriteAnswer answer, long nanos) {
        waiting.decrementAndGet();
        Timer timer = byOutcome.get(answer.result().status());
        if (timer != null) {
            timer.record(Duration.ofNanos(nanos));
        }
        if (answer.result().status() == Status.COMMITTED) {
            queue.increment(answer.times().queue() / MICROS_PER_SECOND);
            ring.increment(answer.times().ring() / MICROS_PER_SECOND);
            store.increment(answer.times().store() / MICROS_PER_SECOND);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
