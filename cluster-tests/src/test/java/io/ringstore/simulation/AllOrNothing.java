package io.ringstore.simulation;

import io.ringstore.ledger.Comparison;
import io.ringstore.ledger.Entry;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LogRecord;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.simulation.Happening.Applied;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** S13: a transaction is decided by what its keys held before, and all of its branch stands at one revision. */
final class AllOrNothing implements Invariant {

    private static final Precondition ALWAYS = new Precondition.Always();

    /** Of keys that exist; the clients of a run only put. */
    private final Map<String, Long> revisions = new HashMap<>();

    private long last;

    @Override
    public void check(Happening happening) {
        if (happening instanceof Applied(Batch batch, BatchApplied(var results, var appended, var _, var _))) {
            Iterator<LogRecord> records = appended.iterator();
            for (int i = 0; i < results.size(); i++) {
                check(batch.entries().get(i), results.get(i), records);
            }
            require(!records.hasNext(), () -> "more was appended than was asked for: " + records.next());
        }
    }

    private void check(Entry entry, EntryResult result, Iterator<LogRecord> records) {
        switch (result) {
            case EntryResult.Committed(long revision, var _, boolean duplicate, var _)
            when !duplicate -> {
                take(revision, (Operation.Put) entry.write().operation(), records);
                last = revision;
            }
            case EntryResult.Transacted(long revision, var outcome, boolean duplicate, var _)
            when !duplicate -> {
                Txn txn = (Txn) entry.write().operation();
                boolean succeeds = txn.comparisons().stream().allMatch(this::holds);
                require(
                        outcome.succeeded() == succeeds,
                        () -> "%s succeeded: %s".formatted(entry, outcome.succeeded()));
                List<Step> branch = succeeds ? txn.then() : txn.otherwise();
                for (Step step : branch) {
                    if (step instanceof Step.Put(String key, var value)) {
                        take(revision, new Operation.Put(key, value, ALWAYS), records);
                    }
                }
                boolean writes = branch.stream().anyMatch(Step.Put.class::isInstance);
                require(revision == (writes ? last + 1 : last), () -> "%s stands at %d".formatted(entry, revision));
                last = revision;
            }
            case EntryResult.Committed _,
                    EntryResult.Transacted _,
                    EntryResult.PreconditionFailed _,
                    EntryResult.NoSuchKey _,
                    EntryResult.Refused _ -> {}
        }
    }

    private boolean holds(Comparison wanted) {
        long revision = revisions.getOrDefault(wanted.key(), 0L);
        int order = switch (wanted.operand()) {
            case Comparison.Operand.Revision(long given) -> Long.compare(revision, given);
            case Comparison.Operand.Existence(boolean given) -> Boolean.compare(revision > 0, given);
            case Comparison.Operand.Content _ -> throw new IllegalStateException("no client compares values");
        };
        return switch (wanted.relation()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case GREATER -> order > 0;
            case LESS -> order < 0;
        };
    }

    private void take(long revision, Operation.Put put, Iterator<LogRecord> records) {
        require(records.hasNext(), () -> "%s is not all there, at revision %d".formatted(put, revision));
        LogRecord record = records.next();
        require(
                record.revision() == revision && record.change().equals(put),
                () -> "%s stands where %s of revision %d should".formatted(record, put, revision));
        revisions.put(put.key(), revision);
    }
}
