package io.ringstore.ring;

import java.util.function.Supplier;

/** Claims about our own code; they stay on in production, and a broken one stops the node. */
final class Check {

    private Check() {}

    static void that(boolean condition, Supplier<String> claim) {
        if (!condition) {
            throw new IllegalStateException("broken claim: " + claim.get());
        }
    }
}
