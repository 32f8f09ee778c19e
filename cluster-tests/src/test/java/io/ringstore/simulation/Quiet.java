package io.ringstore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.NodeId;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.RingTimers;
import io.ringstore.simulation.Happening.Held;
import java.util.List;

/** L2, L3 and L4: a ring of which nobody wants anything has one token, opens no epochs and says little. */
final class Quiet implements Invariant {

    private static final long PARK = RingTimers.DEFAULT.park();

    /** Two messages a hop, a hop every X, and what probes of dead peers and timers add to it. */
    private static final long EVENTS_PER_SECOND = 50_000 / 60;

    private final World world;
    private long tokensSeen;
    private long lastSeenAt;

    Quiet(World world) {
        this.world = world;
    }

    @Override
    public void check(Happening happening) {
        if (happening instanceof Held) {
            tokensSeen++;
            lastSeenAt = world.agenda.millis();
        }
    }

    /** Watches a cluster whose clients are silent for this long; {@code core} is what lives of it. */
    void watch(Simulation simulation, List<NodeId> core, long millis) {
        lastSeenAt = world.agenda.millis();
        long epoch = epoch(simulation);
        long events = world.agenda.happened();
        long end = world.agenda.millis() + millis;
        while (world.agenda.step(end)) {
            long holders = core.stream()
                    .map(simulation.cluster::host)
                    .filter(host -> host.phase() == NodePhase.PARKED || host.phase() == NodePhase.CRITICAL)
                    .count();
            assertThat(holders).as("L2: tokens of a ring that has healed").isLessThanOrEqualTo(1);
        }
        assertThat(epoch(simulation))
                .as("L3: the epoch, which nobody had to end")
                .isEqualTo(epoch);
        assertThat(world.agenda.happened() - events)
                .as("L4: events of an idle ring in %d ms", millis)
                .isLessThan(EVENTS_PER_SECOND * millis / 1_000);
        assertThat(tokensSeen).as("L2: hops of the one token").isPositive();
        assertThat(world.agenda.millis() - lastSeenAt)
                .as("L2: how long the token has been out of sight")
                .isLessThan(5 * PARK);
    }

    private static long epoch(Simulation simulation) {
        return simulation.cluster.store().replicas().view().fence().epoch();
    }
}
