package io.ringstore.store.health;

import io.ringstore.store.replication.PeerWatch;
import io.ringstore.store.replication.Replica;
import io.ringstore.store.replication.ReplicaStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready to serve: a primary is known, this replica is open and a member, and its clock agrees with at least one other (P3, §8.5). */
@Component("quorum")
final class QuorumHealthIndicator implements HealthIndicator {

    private final Replica replica;
    private final PeerWatch peers;

    QuorumHealthIndicator(Replica replica, PeerWatch peers) {
        this.replica = replica;
        this.peers = peers;
    }

    @Override
    public Health health() {
        ReplicaStatus status = replica.status();
        ReplicaStatus.AppliedState state = status.state();
        boolean ready = status.primary() != null && state != null && !replica.isOutside() && !peers.isClockOdd();
        Health.Builder health = (ready ? Health.up() : Health.down())
                .withDetail("role", status.role())
                .withDetail("primary", String.valueOf(status.primary()))
                .withDetail("term", status.term())
                .withDetail("commit", status.commit());
        if (state != null) {
            health.withDetail("applied", state.index()).withDetail("revision", state.revision());
        }
        if (replica.isOutside()) {
            health.withDetail(
                    "reason",
                    "this disk is new to the cluster; it is filled before it takes the place of the lost one");
        }
        if (peers.isClockOdd()) {
            health.withDetail("reason", "this node's clock is more than 5 s away from all others");
        }
        return health.build();
    }
}
