package io.ringstore.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The formulas of docs/SCALING.md against the protocol itself, over networks of other sizes than the one at hand; what the
 * machines spend on a message is not in it.
 */
class ScalingTests {

    private static final int WARM_UP = 300;
    private static final int MEASURED = 2_000;
    private static final double TOLERANCE_PERCENT = 20;

    /** Three networks by the delay of a message and the time of a flush, in microseconds. */
    enum Place {
        RACK(100, 400),
        THREE_ZONES(500, 400),
        THREE_REGIONS(15_000, 400);

        private final long delay;
        private final long flush;

        Place(long delay, long flush) {
            this.delay = delay;
            this.flush = flush;
        }

        /** The primary asks its backups, all of them at once, and waits for the nearer one. */
        private long store() {
            return 2 * delay + flush;
        }

        /** To the store, what the store takes, and back. */
        private long section() {
            return 2 * delay + store();
        }
    }

    @ParameterizedTest
    @CsvSource({"RACK, 5", "THREE_ZONES, 5", "THREE_REGIONS, 5", "RACK, 1", "RACK, 9"})
    void aLoneClientWaitsForOneSectionAndItsOwnWay(Place place, int nodes) {
        long measured = microsBetweenWrites(place, nodes, 1, true);

        assertThat(measured).isCloseTo(2 * place.delay + place.section(), withinPercentage(TOLERANCE_PERCENT));
    }

    @ParameterizedTest
    @CsvSource({
        "RACK, 3, 16",
        "RACK, 9, 16",
        "RACK, 5, 64",
        "THREE_ZONES, 3, 16",
        "THREE_ZONES, 9, 16",
        "THREE_REGIONS, 3, 16",
        "THREE_REGIONS, 9, 16"
    })
    void manyClientsOfOneGatewayAreServedOnceInTwoSectionsHoweverLargeTheRing(Place place, int nodes, int clients) {
        long measured = microsBetweenWrites(place, nodes, clients, true);

        assertThat(measured).isCloseTo(2 * place.section(), withinPercentage(TOLERANCE_PERCENT));
    }

    @ParameterizedTest
    @CsvSource({
        "RACK, 3, 36",
        "RACK, 5, 60",
        "RACK, 9, 108",
        "THREE_ZONES, 3, 36",
        "THREE_ZONES, 9, 108",
        "THREE_REGIONS, 3, 36",
        "THREE_REGIONS, 5, 60"
    })
    void clientsOfAllNodesAreServedOnceInARotation(Place place, int nodes, int clients) {
        long measured = microsBetweenWrites(place, nodes, clients, false);

        assertThat(measured).isCloseTo(nodes * (place.section() + place.delay), withinPercentage(TOLERANCE_PERCENT));
    }

    /** Virtual time from one write of a client to its next, on average, once the cluster is busy. */
    private static long microsBetweenWrites(Place place, int nodes, int clients, boolean oneNode) {
        Options calm = Options.calm(nodes, clients);
        Options options = new Options(
                nodes,
                calm.millis(),
                new Options.Network(place.delay, 0, 0, 0, 0, 0, 0),
                calm.nodeFaults(),
                new Options.Store(place.store(), 0, 1, 0, 0, 0, 0, 0, 1, 0),
                new Options.Clients(clients, 1_000_000, 0, 60_000, 0, 0, oneNode));
        Simulation simulation = Simulation.calm(options, 1);
        World world = simulation.world;
        simulation.runUntil(() -> world.tally.acknowledged() >= WARM_UP, 600_000);
        long begun = world.agenda.now();
        long before = world.tally.acknowledged();
        simulation.runUntil(() -> world.tally.acknowledged() >= before + MEASURED, 600_000);
        long writes = world.tally.acknowledged() - before;
        long micros = (world.agenda.now() - begun) * clients / writes;
        System.out.printf(
                "%-14s %d nodes, %3d clients at %-8s: %,7d writes/s, %,9d us between those of a client%n",
                place, nodes, clients, oneNode ? "one node" : "all", clients * 1_000_000L / micros, micros);
        return micros;
    }
}
