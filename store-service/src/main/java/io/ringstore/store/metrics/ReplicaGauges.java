package io.ringstore.store.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ringstore.ledger.Ledger;
import io.ringstore.store.replication.PeerWatch;
import io.ringstore.store.replication.Replica;
import io.ringstore.store.replication.ReplicaStatus;
import io.ringstore.store.replication.ReplicationProperties;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** What this replica knows of itself, as numbers. */
@Component
final class ReplicaGauges implements MeterBinder {

    private final Replica replica;
    private final PeerWatch peers;
    private final DiskUse disk;

    ReplicaGauges(Replica replica, PeerWatch peers, ReplicationProperties settings) {
        this.replica = replica;
        this.peers = peers;
        this.disk = new DiskUse(settings.data());
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "ringstore.store.primary", status -> status.role() == ReplicaStatus.Role.PRIMARY ? 1 : 0);
        gauge(meters, "ringstore.store.term", ReplicaStatus::term);
        gauge(meters, "ringstore.store.commit", ReplicaStatus::commit);
        state(meters, "ringstore.store.applied", ReplicaStatus.AppliedState::index);
        state(meters, "ringstore.store.revision", ReplicaStatus.AppliedState::revision);
        ledger(meters, "ringstore.store.keys", "keys", Ledger::liveKeys);
        ledger(meters, "ringstore.store.request.ids", "ids", Ledger::rememberedRequestIds);
        ledger(meters, "ringstore.store.state", "bytes", Ledger::weight);
        Gauge.builder("ringstore.store.disk.used", disk, DiskUse::bytes)
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("ringstore.store.disk.usable", disk, DiskUse::usable)
                .baseUnit("bytes")
                .register(meters);
        state(meters, "ringstore.store.compacted", ReplicaStatus.AppliedState::compacted);
        state(meters, "ringstore.store.history.bytes", ReplicaStatus.AppliedState::historyBytes);
        Gauge.builder("ringstore.store.lag", this, ReplicaGauges::lag).register(meters);
    }

    private void gauge(MeterRegistry meters, String name, ToDoubleFunction<ReplicaStatus> value) {
        Gauge.builder(name, replica, source -> value.applyAsDouble(source.status()))
                .register(meters);
    }

    private void state(MeterRegistry meters, String name, ToDoubleFunction<ReplicaStatus.AppliedState> value) {
        gauge(meters, name, status -> status.state() == null ? 0 : value.applyAsDouble(status.state()));
    }

    private void ledger(MeterRegistry meters, String name, String unit, ToDoubleFunction<Ledger> value) {
        Gauge.builder(name, this, gauges -> gauges.ask(value)).baseUnit(unit).register(meters);
    }

    private double ask(ToDoubleFunction<Ledger> value) {
        try {
            return replica.read(new Replica.Consistency.Local(), value::applyAsDouble);
        } catch (Replica.UnavailableException nothingThere) {
            return 0;
        }
    }

    private double lag() {
        ReplicaStatus.AppliedState state = replica.status().state();
        return state == null ? 0 : Math.max(0, peers.newestKnownRevision() - state.revision());
    }
}
