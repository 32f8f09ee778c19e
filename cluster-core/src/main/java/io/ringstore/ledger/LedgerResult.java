package io.ringstore.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What applying a command led to. */
public sealed interface LedgerResult {

    StoreView view();

    /**
     * Every entry has its result.
     *
     * @param results one for each entry of the batch, in its order
     * @param appended the records this batch added to the log, in order
     * @param replaced for each of them the record that was its key's newest before, null if there was none
     */
    record BatchApplied(
            List<EntryResult> results, List<LogRecord> appended, List<@Nullable LogRecord> replaced, StoreView view)
            implements LedgerResult {}

    /** The claim opened {@code epoch}, now or when it was first applied. */
    record ClaimWon(long epoch, StoreView view) implements LedgerResult {}

    /** Somebody else was faster, or the sender's picture of the store was out of date. */
    record ClaimLost(StoreView view) implements LedgerResult {}

    /** The sender's list differs from the installed one; the view has the installed one. */
    record WrongConfig(StoreView view) implements LedgerResult {}

    record Reconfigured(StoreView view) implements LedgerResult {}

    /** The past up to {@code revision} is let go, now or before. */
    record Compacted(long revision, StoreView view) implements LedgerResult {}
}
