package io.ringstore.sync.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.RingMoment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of the ring (ring-protocol.md §14), named after the glossary; tags have few values. */
public final class RingMetrics implements MomentListener {

    /** Why the core claims an epoch. */
    private static final List<String> REASONS = List.of("silent", "lost", "stuck", "starved");

    private final MeterRegistry registry;
    private final AtomicLong epoch = new AtomicLong();
    private final AtomicLong blocked = new AtomicLong();
    private final Counter passes;
    private final Counter copies;
    private final Counter parks;
    private final Counter stale;
    private final Counter fenced;
    private final Counter claimsLost;
    private final Counter epochsOpened;
    private final Timer rotation;
    private final Timer criticalSection;
    private final Timer blockedTime;
    private final DistributionSummary batchSize;
    private long passedAt;

    /** Counts for each of these peers are there from the start: a rate over one that only just appeared misses its first. */
    public RingMetrics(MeterRegistry registry, List<NodeId> peers) {
        this.registry = registry;
        registry.gauge("ringstore.ring.epoch", epoch);
        registry.gauge("ringstore.ring.blocked", blocked);
        passes = registry.counter("ringstore.ring.hops");
        copies = registry.counter("ringstore.ring.copies");
        parks = registry.counter("ringstore.ring.parks");
        stale = registry.counter("ringstore.ring.tokens.stale");
        fenced = registry.counter("ringstore.ring.batches.fenced");
        claimsLost = registry.counter("ringstore.ring.claims.lost");
        epochsOpened = registry.counter("ringstore.ring.epochs.opened");
        rotation = histogram("ringstore.ring.rotation");
        criticalSection = histogram("ringstore.ring.critical.section");
        blockedTime = registry.timer("ringstore.ring.blocked.time");
        batchSize = DistributionSummary.builder("ringstore.ring.batch.size")
                .baseUnit("requests")
                .register(registry);
        REASONS.forEach(this::claims);
        peers.forEach(this::skips);
        peers.forEach(this::suspicions);
    }

    private Counter claims(String reason) {
        return registry.counter("ringstore.ring.claims", "reason", reason);
    }

    private Counter skips(NodeId peer) {
        return registry.counter("ringstore.ring.skips", "peer", peer.name());
    }

    private Counter suspicions(NodeId peer) {
        return registry.counter("ringstore.ring.suspicions", "peer", peer.name());
    }

    private Timer histogram(String name) {
        return Timer.builder(name)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(5))
                .register(registry);
    }

    @Override
    public void told(RingMoment moment) {
        switch (moment) {
            case RingMoment.Passed(var fence, var to) -> {
                passes.increment();
                rotated(System.nanoTime());
                epoch.set(fence.epoch());
            }
            case RingMoment.Copied _ -> copies.increment();
            case RingMoment.Parked _ -> parks.increment();
            case RingMoment.Entered(var fence, int size) -> batchSize.record(size);
            case RingMoment.Left(var fence, long millis) -> criticalSection.record(Duration.ofMillis(millis));
            case RingMoment.Fenced _ -> fenced.increment();
            case RingMoment.StaleTokenRefused _ -> stale.increment();
            case RingMoment.Skipped(var fence, var peer) -> skips(peer).increment();
            case RingMoment.Claiming(long expected, String reason) ->
                claims(reason).increment();
            case RingMoment.ClaimLost _ -> claimsLost.increment();
            case RingMoment.EpochOpened(var fence) -> {
                epochsOpened.increment();
                epoch.set(fence.epoch());
            }
            case RingMoment.Blocked _ -> blocked.set(1);
            case RingMoment.Unblocked(long millis) -> {
                blocked.set(0);
                blockedTime.record(Duration.ofMillis(millis));
            }
            case RingMoment.Joined(var seen) -> epoch.set(seen.epoch());
            case RingMoment.Suspected(var peer) -> suspicions(peer).increment();
            case RingMoment.Cleared _, RingMoment.Stamped _, RingMoment.Written _, RingMoment.PassRefused _ -> {}
        }
    }

    /** A rotation is the time between two passes of one node; only the ring's thread comes here. */
    private void rotated(long now) {
        if (passedAt != 0) {
            rotation.record(Duration.ofNanos(now - passedAt));
        }
        passedAt = now;
    }
}
