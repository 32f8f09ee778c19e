package io.ringstore.store.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ringstore.store.replication.Replica;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.impl.RatisMetricRegistryImpl;
import org.apache.ratis.thirdparty.com.codahale.metrics.Counter;
import org.apache.ratis.thirdparty.com.codahale.metrics.Metric;
import org.apache.ratis.thirdparty.com.codahale.metrics.Timer;
import org.springframework.stereotype.Component;

/**
 * What Ratis counts and times itself and nobody else sees: its log's disk, its queues, and elections (P3).
 *
 * <p>Ratis keeps its numbers in registries of its own, made when Raft starts; so they are looked up when somebody asks.
 */
@Component
final class RaftMetrics implements MeterBinder {

    private static final String LOG = "log_worker";
    private static final String ELECTION = "leader_election";

    private final Replica replica;

    RaftMetrics(Replica replica) {
        this.replica = replica;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        counter(meters, "ringstore.raft.log.flushes", LOG, "flushCount");
        percentiles(meters, "ringstore.raft.log.append", "appendEntryLatency");
        percentiles(meters, "ringstore.raft.log.sync", "syncTime");
        percentiles(meters, "ringstore.raft.log.queueing", "queueingDelay");
        gauge(meters, "ringstore.raft.log.queue", "workerQueueSize");
        counter(meters, "ringstore.raft.elections", ELECTION, "electionCount");
        counter(meters, "ringstore.raft.elections.timeouts", ELECTION, "timeoutCount");
        counter(meters, "ringstore.raft.transfers", ELECTION, "transferLeadershipCount");
    }

    private void counter(MeterRegistry meters, String name, String component, String metric) {
        FunctionCounter.builder(name, this, bridge -> bridge.find(component, metric, Counter.class, Counter::getCount))
                .register(meters);
    }

    private void gauge(MeterRegistry meters, String name, String metric) {
        Gauge.builder(
                        name,
                        this,
                        bridge -> bridge.find(
                                LOG,
                                metric,
                                org.apache.ratis.thirdparty.com.codahale.metrics.Gauge.class,
                                gauge -> ((Number) gauge.getValue()).doubleValue()))
                .register(meters);
    }

    private void percentiles(MeterRegistry meters, String name, String metric) {
        for (double quantile : new double[] {0.5, 0.99}) {
            Gauge.builder(
                            name,
                            this,
                            bridge -> bridge.find(
                                    LOG,
                                    metric,
                                    Timer.class,
                                    timer -> seconds(timer.getSnapshot().getValue(quantile))))
                    .tag("quantile", Double.toString(quantile))
                    .baseUnit("seconds")
                    .register(meters);
        }
    }

    private static double seconds(double nanos) {
        return nanos / TimeUnit.SECONDS.toNanos(1);
    }

    private <M extends Metric> double find(String component, String metric, Class<M> type, ToDoubleFunction<M> value) {
        return replica.peer()
                .flatMap(peer -> registry(peer, component))
                .flatMap(registry -> registry.getDropWizardMetricRegistry().getMetrics().entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("." + metric))
                        .map(Map.Entry::getValue)
                        .filter(type::isInstance)
                        .findFirst())
                .map(type::cast)
                .map(value::applyAsDouble)
                .orElse(0.0);
    }

    /** All nodes of one process share the registries' registry; each looks for its own. */
    private static Optional<RatisMetricRegistryImpl> registry(String peer, String component) {
        return MetricRegistries.global().getMetricRegistries().stream()
                .filter(registry -> registry.getMetricRegistryInfo()
                                .getMetricsComponentName()
                                .equals(component)
                        && registry.getMetricRegistryInfo().getPrefix().startsWith(peer + "@"))
                .filter(RatisMetricRegistryImpl.class::isInstance)
                .map(RatisMetricRegistryImpl.class::cast)
                .findFirst();
    }
}
