package io.ringstore.ledger;

import io.ringstore.ledger.TxnOutcome.StepResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction on its way through a ledger: decided against what the keys hold, before anything is changed. */
final class Transaction {

    private static final StepResult WRITTEN = new StepResult.Written();
    private static final StepResult MISSING = new StepResult.Missing();

    private final List<Operation.Change> changes;
    private final TxnOutcome outcome;
    private final long read;

    private Transaction(List<Operation.Change> changes, TxnOutcome outcome, long read) {
        this.changes = changes;
        this.outcome = outcome;
        this.read = read;
    }

    static Transaction decide(Txn txn, KeyView keys) {
        boolean succeeded = txn.comparisons().stream().allMatch(wanted -> wanted.holds(keys.get(wanted.key())));
        List<Operation.Change> changes = new ArrayList<>();
        List<StepResult> results = new ArrayList<>();
        long read = 0;
        for (Step step : succeeded ? txn.then() : txn.otherwise()) {
            LogRecord current = keys.get(step.key());
            Operation.Change change = change(step, current);
            if (change != null) {
                changes.add(change);
                results.add(WRITTEN);
            } else if (step instanceof Step.Get && current != null && current.change() instanceof Operation.Put put) {
                read += put.value().weight();
                results.add(new StepResult.Found(current.revision(), put.value()));
            } else {
                results.add(MISSING);
            }
        }
        return new Transaction(changes, new TxnOutcome(succeeded, results), read);
    }

    /** What the step changes; null if nothing. */
    private static Operation.@Nullable Change change(Step step, @Nullable LogRecord current) {
        return switch (step) {
            case Step.Put(String key, Value value) -> new Operation.Put(key, value, new Precondition.Always());
            case Step.Delete(String key) ->
                current == null ? null : new Operation.Delete(key, new Precondition.Always());
            case Step.Get _ -> null;
        };
    }

    /** What it adds to the log, all at one revision. */
    List<LogRecord> records(long revision, Entry entry, Origin origin) {
        List<LogRecord> records = new ArrayList<>(changes.size());
        for (Operation.Change change : changes) {
            Entry alone = new Entry(entry.timestamp(), entry.write().with(change));
            records.add(new LogRecord(new Place(revision, records.size()), alone, origin));
        }
        return records;
    }

    TxnOutcome outcome() {
        return outcome;
    }

    /** How many bytes of values its outcome has. */
    long read() {
        return read;
    }
}
