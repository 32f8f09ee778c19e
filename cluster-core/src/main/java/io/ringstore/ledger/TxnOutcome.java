package io.ringstore.ledger;

import java.util.List;

/**
 * What a transaction did.
 *
 * @param succeeded whether every comparison held, so that {@code then} was done
 * @param steps what became of each step of the branch that was done, in its order
 */
public record TxnOutcome(boolean succeeded, List<StepResult> steps) {

    public TxnOutcome {
        steps = List.copyOf(steps);
    }

    /** What became of one step. */
    public sealed interface StepResult {

        /** Put, or deleted, at the transaction's revision. */
        record Written() implements StepResult {}

        /** There was nothing to delete, or to get. */
        record Missing() implements StepResult {}

        /** What a key held before the transaction, and since which revision. */
        record Found(long revision, Value value) implements StepResult {}
    }

    /** Whether it stands in the log. */
    public boolean wrote() {
        return steps.stream().anyMatch(StepResult.Written.class::isInstance);
    }

    /** About how many bytes it takes to remember it. */
    long weight() {
        return steps.stream()
                .mapToLong(step ->
                        Long.BYTES + (step instanceof StepResult.Found(var _, Value value) ? value.weight() : 0))
                .sum();
    }
}
