package io.ringstore.store.health;

import io.ringstore.store.replication.Fitness;
import io.ringstore.store.replication.Replica;
import io.ringstore.store.replication.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready to serve: a primary is known, this replica is open and a member, its clock agrees with another (§8.5), and its disk has room. */
@Component("quorum")
final class QuorumHealthIndicator implements HealthIndicator {

    private final Replica replica;
    private final Fitness fitness;

    QuorumHealthIndicator(Replica replica, Fitness fitness) {
        this.replica = replica;
        this.fitness = fitness;
    }

    @Override
    public Health health() {
        ReplicaStatus status = replica.status();
        ReplicaStatus.AppliedState state = status.state();
        List<String> complaints = new ArrayList<>(fitness.complaints());
        if (replica.isOutside()) {
            complaints.add("this disk is new to the cluster; it is filled before it takes the place of the lost one");
        }
        boolean ready = status.primary() != null && state != null && complaints.isEmpty();
        Health.Builder health = (ready ? Health.up() : Health.down())
                .withDetail("role", status.role())
                .withDetail("primary", String.valueOf(status.primary()))
                .withDetail("term", status.term())
                .withDetail("commit", status.commit());
        if (state != null) {
            health.withDetail("applied", state.index()).withDetail("revision", state.revision());
        }
        if (!complaints.isEmpty()) {
            health.withDetail("reason", complaints);
        }
        return health.build();
    }
}
