package io.ringstore.client.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.api.WriteResult.Status;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Meters of the gateway; nothing is registered per request. */
final class GatewayMetrics {

    private final Map<Status, Counter> byOutcome = new EnumMap<>(Status.class);
    private final Counter retries;
    private final DistributionSummary batchSize;

    GatewayMetrics(MeterRegistry registry) {
        for (Status status : Status.values()) {
            String outcome = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
            byOutcome.put(status, registry.counter("ringstore.gateway.writes", "outcome", outcome));
        }
        retries = registry.counter("ringstore.gateway.retries");
        batchSize = DistributionSummary.builder("ringstore.gateway.batch.size")
                .baseUnit("requests")
                .register(registry);
    }

    void sent(int writes) {
        batchSize.record(writes);
    }

    void retried() {
        retries.increment();
    }

    void ended(WriteAnswer answer) {
        Counter counter = byOutcome.get(answer.result().status());
        if (counter != null) {
            counter.increment();
        }
    }
}
