package io.ringstore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.ring.RingTimers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SCALING.md reckons from delays and flushes, beside the real protocol in virtual time. */
class ScalingTests {

    private static final long SEED = 1;
    private static final long FLUSH = 400;
    private static final double PARK = 1e3 * RingTimers.DEFAULT.park();
    private static final long WITHIN_MILLIS = 300_000;

    enum Demand {
        AT_ONE_NODE,
        AT_ALL_NODES
    }

    /** One network and one load; a time is in microseconds, and a message's delay is always the same. */
    private record Load(long delay, int nodes, int clients, Demand demand) {

        private double section() {
            return 4 * delay + FLUSH;
        }

        /** From one write of a client to its next. */
        double reckoned() {
            if (clients == 1) {
                return 2 * delay + section();
            }
            double rotation = nodes * (double) delay;
            return switch (demand) {
                case AT_ONE_NODE -> 2 * section() * (1 + rotation / PARK);
                case AT_ALL_NODES -> nodes * section() + rotation;
            };
        }

        double simulated() {
            Simulation simulation = Simulation.calm(options(), SEED);
            await(simulation, 5L * clients);
            long begin = simulation.world.agenda.now();
            long writes = 15L * clients;
            await(simulation, writes);
            return (double) (simulation.world.agenda.now() - begin) * clients / writes;
        }

        private static void await(Simulation simulation, long more) {
            long wanted = simulation.world.tally.acknowledged() + more;
            simulation.runUntil(() -> simulation.world.tally.acknowledged() >= wanted, WITHIN_MILLIS);
        }

        private Options options() {
            Options calm = Options.calm(nodes, clients);
            return new Options(
                    nodes,
                    calm.millis(),
                    new Options.Network(delay, 0, 0, 0, 0, 0, 0),
                    calm.nodeFaults(),
                    calm.store().taking(2 * delay + FLUSH),
                    new Options.Clients(clients, 100_000, 0, 30_000, 0, 0, demand == Demand.AT_ONE_NODE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100, 5, 1, AT_ONE_NODE",
        "100, 3, 64, AT_ONE_NODE",
        "100, 9, 64, AT_ONE_NODE",
        "100, 3, 36, AT_ALL_NODES",
        "100, 5, 60, AT_ALL_NODES",
        "100, 9, 108, AT_ALL_NODES",
        "500, 5, 1, AT_ONE_NODE",
        "500, 3, 64, AT_ONE_NODE",
        "500, 9, 64, AT_ONE_NODE",
        "500, 3, 36, AT_ALL_NODES",
        "500, 5, 60, AT_ALL_NODES",
        "500, 9, 108, AT_ALL_NODES",
        "15000, 5, 1, AT_ONE_NODE",
        "15000, 3, 64, AT_ONE_NODE",
        "15000, 9, 64, AT_ONE_NODE",
        "15000, 3, 36, AT_ALL_NODES",
        "15000, 5, 60, AT_ALL_NODES",
        "15000, 9, 108, AT_ALL_NODES",
    })
    void writesTakeWhatTheFormulasSay(long delay, int nodes, int clients, Demand demand) {
        Load load = new Load(delay, nodes, clients, demand);

        double simulated = load.simulated();

        System.out.printf(
                "d=%.1f ms nodes=%d clients=%d %s simulated=%.1f ms formula=%.1f ms%n",
                delay / 1e3, nodes, clients, demand, simulated / 1e3, load.reckoned() / 1e3);
        assertThat(simulated / load.reckoned()).as("simulated / reckoned").isBetween(0.75, 1.4);
    }

    @Test
    void aLargerRingCostsLessThanATenthInThreeZonesWhereOneNodeHasTheWork() {
        double three = new Load(500, 3, 64, Demand.AT_ONE_NODE).simulated();

        for (int nodes : new int[] {5, 7, 9}) {
            double time = new Load(500, nodes, 64, Demand.AT_ONE_NODE).simulated();
            assertThat(time).as("%d nodes", nodes).isLessThan(1.1 * three);
        }
    }
}
