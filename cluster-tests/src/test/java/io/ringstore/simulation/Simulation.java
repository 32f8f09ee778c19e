package io.ringstore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.NodeId;
import io.ringstore.history.History;
import io.ringstore.history.HistoryChecker;
import io.ringstore.history.Logged;
import io.ringstore.history.Observation;
import io.ringstore.ledger.LogRecord;
import io.ringstore.ledger.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One run: a cluster, its clients, and what happens to them. */
final class Simulation {

    /** How long a healed cluster may take to answer everything that waits. */
    static final long RECOVERY_MILLIS = 30_000;

    /** What the last losers of a takeover need until they know that they lost. */
    private static final long SETTLING_MILLIS = 15_000;

    private static final long QUIET_MILLIS = 5_000;

    private static final int WRITES_AFTER_RECOVERY = 2;

    final World world;
    final Cluster cluster;
    private final Gateway gateway;
    private final Recovery recovery;
    private final List<Client> clients = new ArrayList<>();
    private final List<Observation> seen = new ArrayList<>();

    private Simulation(World world) {
        this.world = world;
        this.cluster = new Cluster(world);
        this.gateway = new Gateway(world, cluster);
        this.recovery = new Recovery(world, cluster);
        for (int client = 0; client < world.options.clients().number(); client++) {
            clients.add(new Client(client, world, cluster, gateway, seen));
        }
    }

    /** Runs everything that this seed decides; two runs of one seed are the same. */
    static World run(long seed, Trace trace) {
        Dice dice = new Dice(seed);
        World world = new World(Options.drawnBy(dice), dice, trace);
        Simulation simulation = new Simulation(world);
        simulation.begin();
        new Chaos(world, simulation.cluster).begin();
        simulation.runFor(world.options.millis());
        simulation.recover(simulation.recovery.some());
        return world;
    }

    /** A run to which a scenario does what it likes. */
    static Simulation calm(Options options, long seed) {
        Simulation simulation = new Simulation(new World(options, new Dice(seed), Trace.on()));
        simulation.begin();
        return simulation;
    }

    private void begin() {
        cluster.ring().forEach(cluster::start);
        clients.forEach(client -> client.want(world.options.clients().writes()));
    }

    void runFor(long millis) {
        long end = world.agenda.millis() + millis;
        while (world.agenda.step(end)) {}
    }

    /** Runs until something is so, which must be within this time. */
    void runUntil(BooleanSupplier condition, long withinMillis) {
        long end = world.agenda.millis() + withinMillis;
        while (!condition.getAsBoolean()) {
            assertThat(world.agenda.step(end))
                    .as("what was waited for has not happened within %d ms", withinMillis)
                    .isTrue();
        }
    }

    /** Everything waits for an answer from these nodes and gets it; then the ring is quiet, and the books are right. */
    void recover(List<NodeId> core) {
        List<Liveness> liveness = claimsAbout(core, recovery.heal(core));
        liveness.forEach(world.claims::add);
        gateway.insistOn(core);
        clients.forEach(client -> client.want(WRITES_AFTER_RECOVERY));
        runUntil(() -> clients.stream().allMatch(Client::isDone), RECOVERY_MILLIS);
        runFor(SETTLING_MILLIS);
        liveness.forEach(Liveness::quiet);
        runFor(QUIET_MILLIS);
        liveness.forEach(Liveness::end);
        judge();
        world.tally.countEvents(world.agenda.happened());
    }

    private List<Liveness> claimsAbout(List<NodeId> core, List<NodeId> connected) {
        List<Liveness> claims = new ArrayList<>(List.of(
                new Fair(cluster.ring().size()),
                new OneToken(world.agenda, core),
                new ClaimsEnd(
                        world.agenda,
                        core,
                        cluster.store().replicas().view().fence().epoch()),
                new Quiet(world.agenda)));
        if (connected.size() == 1) {
            claims.add(new ServesAlone(connected.getFirst()));
        }
        return claims;
    }

    private void judge() {
        Map<String, List<Logged>> logs = new LinkedHashMap<>();
        for (int replica = 0; replica < Replicas.NUMBER; replica++) {
            logs.put(
                    "store-" + replica,
                    cluster.store().replicas().log(replica).stream()
                            .map(Simulation::logged)
                            .toList());
        }
        assertThat(HistoryChecker.check(new History(seen, logs))).isEmpty();
    }

    private static Logged logged(LogRecord record) {
        Operation.Put put = (Operation.Put) record.change();
        return new Logged(
                record.revision(),
                record.entry().write().requestId(),
                put.key(),
                new String(put.value().bytes(), StandardCharsets.UTF_8),
                record.origin().fence(),
                record.origin().node());
    }
}
