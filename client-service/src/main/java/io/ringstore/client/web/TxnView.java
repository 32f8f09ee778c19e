package io.ringstore.client.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringstore.api.WriteResult;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.ledger.TxnOutcome;
import io.ringstore.ledger.TxnOutcome.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets for a transaction; the same however often it asks.
 *
 * @param revision of all that was written; if nothing was, the one that was found
 */
record TxnView(boolean succeeded, long revision, List<StepView> results) {

    /**
     * What became of one step.
     *
     * @param revision at which it was written, or since which a key that was read is what it is; null if the key
     *     that was to be deleted or read did not exist
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepView(
            String op,
            String key,

            @JsonProperty @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Long revision,

            @Nullable String value,
            byte @Nullable [] valueBase64,
            @Nullable String contentType) {}

    static TxnOutcome outcome(WriteResult result) {
        return LedgerCodec.decodeTxnOutcome(Objects.requireNonNull(result.outcome()));
    }

    static TxnView of(WriteResult result, Txn txn) {
        TxnOutcome outcome = outcome(result);
        long revision = Objects.requireNonNull(result.revision());
        List<Step> steps = outcome.succeeded() ? txn.then() : txn.otherwise();
        List<StepView> views = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            views.add(view(steps.get(i), outcome.steps().get(i), revision));
        }
        return new TxnView(outcome.succeeded(), revision, views);
    }

    private static StepView view(Step step, StepResult result, long revision) {
        String op = switch (step) {
            case Step.Put _ -> "put";
            case Step.Delete _ -> "delete";
            case Step.Get _ -> "get";
        };
        return switch (result) {
            case StepResult.Written() -> new StepView(op, step.key(), revision, null, null, null);
            case StepResult.Missing() -> new StepView(op, step.key(), null, null, null, null);
            case StepResult.Found(long since, var value) -> {
                String text = RecordView.text(value.bytes());
                yield new StepView(
                        op, step.key(), since, text, text == null ? value.bytes() : null, value.contentType());
            }
        };
    }
}
