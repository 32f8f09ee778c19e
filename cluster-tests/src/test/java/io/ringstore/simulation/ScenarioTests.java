package io.ringstore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.NodeId;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.RingTimers;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of failure, each told to a ring of five under load on several seeds; everything is judged as ever. */
class ScenarioTests {

    private static final int NODES = 5;
    private static final long SOON = 6_000;

    private Simulation simulation = underLoad(1);

    private static Simulation underLoad(long seed) {
        return Simulation.calm(Options.calm(NODES, 10), seed);
    }

    private void begin(long seed) {
        simulation = underLoad(seed);
        awaitAcknowledged(20);
    }

    private void awaitAcknowledged(long more) {
        long before = simulation.world.tally.acknowledged();
        simulation.runUntil(() -> simulation.world.tally.acknowledged() >= before + more, SOON);
    }

    private long times(Fault fault) {
        return simulation.world.tally.of(fault);
    }

    /** Runs until some node is like this, and returns it. */
    private Host await(Predicate<Life> wanted) {
        Predicate<Host> runsSo = host -> {
            Life life = host.life();
            return life != null && wanted.test(life);
        };
        simulation.runUntil(() -> simulation.cluster.hosts().stream().anyMatch(runsSo), SOON);
        return simulation.cluster.hosts().stream().filter(runsSo).findFirst().orElseThrow();
    }

    private Host awaitHolder() {
        return await(life -> life.report().phase() == NodePhase.CRITICAL);
    }

    private void everybodyIsAnswered() {
        simulation.recover(simulation.cluster.ring());
        assertThat(times(Fault.WRITE_UNKNOWN) + times(Fault.WRITE_NOT_COMMITTED))
                .as("writes that did not end well")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anIdleNodeMayCrashUnnoticed(long seed) {
        begin(seed);
        Host idle = await(
                life -> life.report().phase() == NodePhase.IDLE && life.report().queued() == 0);

        idle.crash();
        awaitAcknowledged(20);

        assertThat(times(Fault.EPOCH_OPENED))
                .as("epochs: the first is the last")
                .isEqualTo(1);
        everybodyIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aCrashedNodesRequestDoesNotBlockTheRing(long seed) {
        begin(seed);
        Host waiting = await(
                life -> life.report().phase() == NodePhase.IDLE && life.report().queued() > 0);

        waiting.crash();

        awaitAcknowledged(20);
        everybodyIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void writesSurviveAHolderThatCrashesInTheCriticalSection(long seed) {
        begin(seed);

        awaitHolder().crash();

        awaitAcknowledged(10);
        assertThat(times(Fault.EPOCH_OPENED)).as("epochs").isEqualTo(2);
        everybodyIsAnswered();
    }

    /** One node has all the work and keeps the token, so that what others have seen of it is old (§5.2, §5.6). */
    private Host beginAtOneNode(long seed) {
        simulation = Simulation.calm(Options.calmAtOneNode(NODES), seed);
        awaitAcknowledged(50);
        simulation.runFor(2 * RingTimers.DEFAULT.park()); // its backup has a copy, and knows the ring it belongs to
        return awaitHolder();
    }

    private void awaitEpoch(int epochs, long withinMillis) {
        simulation.runUntil(() -> times(Fault.EPOCH_OPENED) >= epochs, withinMillis);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aHolderThatStaysAndCrashesIsReplacedByItsBackup(long seed) {
        Host holder = beginAtOneNode(seed);

        holder.crash();
        awaitEpoch(2, RingTimers.DEFAULT.copyIdle() + 2 * RingTimers.DEFAULT.copyHot() + 100);

        awaitAcknowledged(20);
        everybodyIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aHolderThatStaysAndFallsSilentIsReplacedAfterTheTimeGivenToIt(long seed) {
        Host holder = beginAtOneNode(seed);

        holder.pause(2 * SOON);
        awaitEpoch(2, RingTimers.DEFAULT.copyIdle() + RingTimers.DEFAULT.unknown() + 600);

        awaitAcknowledged(20);
        simulation.recover(simulation.cluster.ring());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aHolderThatStaysAndItsBackupAreMissedWhenTheTokenIsOutOfSight(long seed) {
        Host holder = beginAtOneNode(seed);
        List<NodeId> ring = simulation.cluster.ring();

        holder.crash();
        simulation.cluster.host(ring.get((ring.indexOf(holder.id) + 1) % NODES)).crash();
        awaitEpoch(
                2,
                2 * RingTimers.DEFAULT.lost() + 600); // twice if its last batch is applied when it is known to be dead

        awaitAcknowledged(20);
        everybodyIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aBackupCutOffFromAHolderThatStaysDoesNotDisturbIt(long seed) {
        Host holder = beginAtOneNode(seed);
        List<NodeId> ring = simulation.cluster.ring();
        NodeId backup = ring.get((ring.indexOf(holder.id) + 1) % NODES);

        simulation.cluster.network().cut(holder.id, backup);
        simulation.cluster.network().cut(backup, holder.id);
        simulation.runFor(SOON / 2);

        assertThat(times(Fault.EPOCH_OPENED)).as("epochs").isEqualTo(1);
        everybodyIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aHolderTakenForDeadIsFencedOff(long seed) {
        begin(seed);
        Host slow = simulation.cluster.host(new NodeId("sync-2"));
        simulation.cluster.network().cut(slow.id, Network.STORE);
        simulation.runUntil(() -> slow.phase() == NodePhase.CRITICAL, SOON);

        slow.pause(SOON / 2);
        simulation.cluster.network().mend(slow.id, Network.STORE);
        awaitAcknowledged(10);
        assertThat(times(Fault.EPOCH_OPENED)).as("epochs").isEqualTo(2);

        await(life -> life == slow.life() && life.report().seen().epoch() == 2);
        assertThat(slow.phase()).as("what it does with its token of epoch 1").isNotEqualTo(NodePhase.CRITICAL);
        simulation.recover(simulation.cluster.ring());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aNodeCutOffFromTheStoreGivesWay(long seed) {
        begin(seed);
        NodeId cutOff = new NodeId("sync-3");
        simulation.cluster.network().cut(cutOff, Network.STORE);
        simulation.runUntil(() -> times(Fault.NODE_BLOCKED) > 0, SOON);

        awaitAcknowledged(20);
        simulation.runFor(SOON);

        assertThat(times(Fault.NODE_BLOCKED))
                .as("how often it held up the others")
                .isEqualTo(1);
        simulation.recover(simulation.cluster.ring());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void acknowledgedWritesSurviveThePrimary(long seed) {
        simulation = Simulation.calm(Options.calm(NODES, 10), seed);
        awaitAcknowledged(20);

        simulation.cluster.store().loseLeader();
        simulation.runFor(1_000);
        simulation.cluster.store().electLeader();

        assertThat(times(Fault.REPLICA_RESTORED)).as("restarts of replicas").isPositive();
        everybodyIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aStoreWithoutAQuorumIsHardlyAsked(long seed) {
        begin(seed);
        simulation.cluster.store().loseLeader();
        simulation.runFor(2 * SOON);
        long asked = times(Fault.NO_LEADER);

        simulation.runFor(4 * SOON);

        assertThat(times(Fault.NO_LEADER) - asked)
                .as("L4: questions to a store without a quorum in 20 s")
                .isLessThan(NODES * 20);
        simulation.recover(simulation.cluster.ring());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void allNodesButOneMayCrash(long seed) {
        begin(seed);
        NodeId last = awaitHolder().id;

        simulation
                .cluster
                .others(last)
                .forEach(node -> simulation.cluster.host(node).crash());

        simulation.recover(List.of(last));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void allNodesMayCrashAtOnce(long seed) {
        begin(seed);

        simulation.cluster.hosts().forEach(Host::crash);

        awaitAcknowledged(10);
        simulation.recover(simulation.cluster.ring());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("D10: whichever node dies, the others notice it, and notice its return")
    void eachNodeInTurnMayCrashAndComeBack(long seed) {
        begin(seed);
        for (NodeId node : simulation.cluster.ring()) {
            Host host = simulation.cluster.host(node);
            host.crash();
            awaitAcknowledged(10);
            simulation.cluster.start(node);
            simulation.runUntil(() -> host.phase().hasToken(), SOON);
        }
        everybodyIsAnswered();
    }
}
