package io.ringstore.ledger;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decided request.
 *
 * @param principal who asked, as far as that was known
 * @param expiresAt store time until which it is remembered at least, epoch milliseconds
 */
record RememberedRequest(
        RequestId id, @Nullable String principal, PayloadHash payload, EntryResult result, long expiresAt) {

    /** Whether a write under its id is the same request: the same principal asks for the same. */
    boolean isOf(Write write, PayloadHash asked) {
        return payload.equals(asked) && Objects.equals(principal, write.principal());
    }

    /** Of what a transaction did; 0 for any other request. */
    long outcomeBytes() {
        return result instanceof EntryResult.Transacted(var _, TxnOutcome outcome, var _, var _) ? outcome.weight() : 0;
    }
}
