package io.ringstore.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Several keys looked at and written as one: {@code then} if every comparison holds, else {@code otherwise}.
 *
 * <p>A key stands at most once in each branch, so the order of steps does not matter: all of them see what was there
 * before the transaction.
 */
public record Txn(List<Comparison> comparisons, List<Step> then, List<Step> otherwise) implements Operation {

    /** Comparisons, and steps of each branch. */
    public static final int MAX_PARTS = 128;

    /** What all keys and values of a transaction may have together; a batch of the ring has room for it. */
    public static final int MAX_BYTES = 512 << 10;

    /** What the values that its steps read may have together. */
    public static final int MAX_READ = 512 << 10;

    private static final int PART_OVERHEAD = 24;

    /**
     * Makes one that may be asked for.
     *
     * @throws IllegalArgumentException if it is larger than a transaction may be, or names a key twice in a branch
     */
    public Txn {
        comparisons = List.copyOf(comparisons);
        then = List.copyOf(then);
        otherwise = List.copyOf(otherwise);
        requireAtMost(MAX_PARTS, comparisons, "comparisons");
        requireBranch(then);
        requireBranch(otherwise);
        if (bytes(comparisons, then, otherwise) > MAX_BYTES) {
            throw new IllegalArgumentException("keys and values of a transaction have at most " + MAX_BYTES + " bytes");
        }
    }

    private static void requireBranch(List<Step> steps) {
        requireAtMost(MAX_PARTS, steps, "steps in each branch");
        Set<String> keys = new HashSet<>();
        for (Step step : steps) {
            if (!keys.add(step.key())) {
                throw new IllegalArgumentException("a key stands at most once in each branch, not so " + step.key());
            }
        }
    }

    private static void requireAtMost(int most, List<?> parts, String what) {
        if (parts.size() > most) {
            throw new IllegalArgumentException("a transaction has at most " + most + " " + what);
        }
    }

    /** Every key that it compares, reads or writes, in whichever branch. */
    public Stream<String> keys() {
        return Stream.concat(
                comparisons.stream().map(Comparison::key),
                Stream.concat(then.stream(), otherwise.stream()).map(Step::key));
    }

    /** What it takes encoded, from above. */
    int weight() {
        int parts = comparisons.size() + then.size() + otherwise.size();
        return bytes(comparisons, then, otherwise) + PART_OVERHEAD * parts;
    }

    private static int bytes(List<Comparison> comparisons, List<Step> then, List<Step> otherwise) {
        long bytes = comparisons.stream().mapToLong(Comparison::bytes).sum()
                + then.stream().mapToLong(Step::bytes).sum()
                + otherwise.stream().mapToLong(Step::bytes).sum();
        return Math.clamp(bytes, 0, Integer.MAX_VALUE);
    }
}
