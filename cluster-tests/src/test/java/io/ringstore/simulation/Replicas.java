package io.ringstore.simulation;

import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerLimits;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.LedgerSnapshot;
import io.ringstore.ledger.LogRecord;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.Stamp;
import io.ringstore.ledger.StoreView;
import io.ringstore.simulation.Happening.Applied;
import io.ringstore.simulation.Happening.Compared;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The ledgers of the store nodes, all of which apply every command; all but the first are restarted from their own
 * snapshots now and then.
 */
final class Replicas {

    static final int NUMBER = 3;

    private final World world;
    private final Ledger[] ledgers = new Ledger[NUMBER];
    private final List<List<LogRecord>> logs = new ArrayList<>();
    private int leader;

    Replicas(World world) {
        this.world = world;
        for (int replica = 0; replica < NUMBER; replica++) {
            ledgers[replica] = new Ledger(LedgerLimits.DEFAULT);
            logs.add(new ArrayList<>());
        }
    }

    StoreView view() {
        return ledgers[leader].view();
    }

    /** Which of them answers. */
    void lead(int replica) {
        leader = replica;
    }

    List<LogRecord> log(int replica) {
        return logs.get(replica);
    }

    LedgerResult apply(Stamp stamp, LedgerCommand command) {
        LedgerResult[] results = new LedgerResult[NUMBER];
        for (int replica = 0; replica < NUMBER; replica++) {
            results[replica] = ledgers[replica].apply(stamp, command);
            if (results[replica] instanceof LedgerResult.BatchApplied applied) {
                logs.get(replica).addAll(applied.appended());
            }
        }
        LedgerResult result = results[leader];
        world.note(() -> "store: " + Lines.of(command) + " => " + Lines.of(result));
        count(result);
        world.happened(new Applied(command, result));
        for (int replica = 1; replica < NUMBER; replica++) {
            compare(replica);
        }
        return result;
    }

    private void count(LedgerResult result) {
        switch (result) {
            case LedgerResult.ClaimWon _ -> world.tally.count(Fault.EPOCH_OPENED);
            case LedgerResult.ClaimLost _ -> world.tally.count(Fault.CLAIM_LOST);
            case LedgerResult.BatchApplied(var results, var _, var _, var _) -> {
                if (results.contains(new EntryResult.Refused(Refusal.FENCED))) {
                    world.tally.count(Fault.BATCH_FENCED);
                    if (results.stream().anyMatch(Replicas::wasKnown)) {
                        world.tally.count(Fault.KNOWN_REQUEST_IN_A_FENCED_BATCH);
                    }
                }
            }
            case LedgerResult.WrongConfig _, LedgerResult.Compacted _ -> {}
            case LedgerResult.Reconfigured _ -> world.tally.count(Fault.RECONFIGURED);
        }
    }

    private static boolean wasKnown(EntryResult result) {
        return result instanceof EntryResult.Committed(var _, var _, boolean duplicate, var _) && duplicate;
    }

    private void compare(int replica) {
        Ledger ledger = ledgers[replica];
        world.happened(new Compared("store-" + replica, ledger.stateHash(), ledgers[0].stateHash()));
        int every = world.options.store().snapshotEvery();
        if (every > 0 && world.dice.chance(1.0 / every)) {
            world.tally.count(Fault.REPLICA_RESTORED);
            ledgers[replica] = Ledger.restore(throughCodec(ledger.snapshot()), LedgerLimits.DEFAULT);
        }
    }

    private static LedgerSnapshot throughCodec(LedgerSnapshot snapshot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            LedgerCodec.write(snapshot, new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return LedgerCodec.readSnapshot(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
