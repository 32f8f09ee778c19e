package io.ringstore.simulation;

import java.util.function.Supplier;

/** A claim about every run, which is told all that happens and remembers what it needs. */
interface Invariant {

    /**
     * Takes notice of one more happening.
     *
     * @throws Broken if it contradicts the claim
     */
    void check(Happening happening);

    /** A claim does not hold. */
    final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(Class<? extends Invariant> claim, String how) {
            super(claim.getSimpleName() + ": " + how);
        }
    }

    default void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new Broken(getClass(), otherwise.get());
        }
    }
}
