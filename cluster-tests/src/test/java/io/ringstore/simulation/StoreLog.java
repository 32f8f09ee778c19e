package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerCommand.Reconfigure;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.Stamp;
import io.ringstore.ledger.StoreView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The replicated log, replaced by one that is linearizable by construction and otherwise does what a bad day brings. */
final class StoreLog {

    private static final long EPOCH_MILLIS = 1_764_000_000_000L;
    private static final int LATEST_MILLIS = 20_000;

    private final World world;
    private final Replicas replicas;
    private final List<Runnable> waitingForLeader = new ArrayList<>();
    private boolean leaderless;
    private long clockAhead;
    private long term = 1;

    StoreLog(World world) {
        this.world = world;
        this.replicas = new Replicas(world);
    }

    Replicas replicas() {
        return replicas;
    }

    /** What clients' and the leader's clocks show, epoch milliseconds; it jumps forward sometimes, for all of them. */
    long clock() {
        return EPOCH_MILLIS + world.agenda.millis() + clockAhead;
    }

    RingConfig config() {
        return replicas.view().config();
    }

    /** A sync node's command arrives; refused means that it will certainly never be applied. */
    void arrived(LedgerCommand command, Consumer<LedgerResult> applied, Runnable refused) {
        if (world.mishap(world.options.store().vanished())) {
            world.tally.count(Fault.COMMAND_VANISHED);
            world.note(() -> "vanished: " + Lines.of(command));
            return;
        }
        if (world.mishap(world.options.store().late())) {
            world.tally.count(Fault.COMMAND_LATE);
            world.agenda.inMillis(world.dice.between(1, LATEST_MILLIS), () -> countLate(carryOut(command, applied)));
        } else {
            whenLed(() -> carryOut(command, applied), refused);
        }
    }

    private LedgerResult carryOut(LedgerCommand command, Consumer<LedgerResult> applied) {
        LedgerResult result = commit(command);
        applied.accept(result);
        replayLater(command);
        return result;
    }

    private void countLate(LedgerResult result) {
        if (result instanceof LedgerResult.ClaimWon) {
            world.tally.count(Fault.LATE_CLAIM_WON);
        } else if (result instanceof LedgerResult.BatchApplied(var results, var _, var _, var _)
                && results.contains(new EntryResult.Refused(Refusal.FENCED))) {
            world.tally.count(Fault.LATE_BATCH_FENCED);
        }
    }

    private void replayLater(LedgerCommand command) {
        if (world.mishap(world.options.store().replayed())) {
            world.agenda.inMillis(world.dice.between(1, LATEST_MILLIS), () -> {
                world.tally.count(Fault.COMMAND_REPLAYED);
                commit(command);
            });
        }
    }

    /** A linearizable read: of some moment between its arrival and its answer. */
    void read(Consumer<StoreView> answered, Runnable refused) {
        whenLed(() -> answered.accept(replicas.view()), refused);
    }

    private void whenLed(Runnable task, Runnable refused) {
        long takes = world.dice.about(world.options.store().meanMicros());
        if (!leaderless) {
            world.agenda.in(takes, task);
            return;
        }
        world.tally.count(Fault.NO_LEADER);
        if (world.dice.chance(0.5)) {
            world.agenda.in(takes, refused);
        } else {
            waitingForLeader.add(task);
        }
    }

    private LedgerResult commit(LedgerCommand command) {
        NodeId leader = new NodeId("store-" + term % Replicas.NUMBER);
        return replicas.apply(new Stamp(clock(), leader, term, leader, Stamp.UNBOUNDED), command);
    }

    void reconfigure(List<NodeId> nodes) {
        commit(new Reconfigure(config().id(), nodes));
    }

    void loseLeader() {
        leaderless = true;
        world.note(() -> "the store has no leader");
    }

    /** A replica that may have been restarted from its snapshot answers from now on. */
    void electLeader() {
        leaderless = false;
        term++;
        replicas.lead((int) (term % Replicas.NUMBER));
        world.note(() -> "the store has a leader again");
        List<Runnable> tasks = List.copyOf(waitingForLeader);
        waitingForLeader.clear();
        tasks.forEach(Runnable::run);
    }

    void jumpClock(long millis) {
        clockAhead += millis;
        world.tally.count(Fault.STORE_CLOCK_JUMPED);
        world.note(() -> "the store's clock jumps " + millis + " ms ahead");
    }
}
