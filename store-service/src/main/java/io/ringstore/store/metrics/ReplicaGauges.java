package io.ringstore.store.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ringstore.store.replication.PeerWatch;
import io.ringstore.store.replication.Replica;
import io.ringstore.store.replication.ReplicaStatus;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** What this replica knows of itself, as numbers. */
@Component
final class ReplicaGauges implements MeterBinder {

    private final Replica replica;
    private final PeerWatch peers;

    ReplicaGauges(Replica replica, PeerWatch peers) {
        this.replica = replica;
        this.peers = peers;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "ringstore.store.primary", status -> status.role() == ReplicaStatus.Role.PRIMARY ? 1 : 0);
        gauge(meters, "ringstore.store.term", ReplicaStatus::term);
        gauge(meters, "ringstore.store.commit", ReplicaStatus::commit);
        state(meters, "ringstore.store.applied", ReplicaStatus.AppliedState::index);
        state(meters, "ringstore.store.revision", ReplicaStatus.AppliedState::revision);
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

    private double lag() {
        ReplicaStatus.AppliedState state = replica.status().state();
        return state == null ? 0 : Math.max(0, peers.newestKnownRevision() - state.revision());
    }
}
