package io.ringstore.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param requestId idempotency key: the same id is applied at most once (rule R3)
 * @param client name the client gave itself; recorded, never trusted
 * @param clientTimestamp client clock in epoch milliseconds; recorded, used for nothing
 * @param principal who the client was authenticated as
 */
public record Write(
        String requestId,
        @Nullable String client,
        @Nullable Long clientTimestamp,
        @Nullable String principal,
        Operation operation) {

    private static final int OVERHEAD = 128;

    /** The same client and request, but this is what it asks for. */
    public Write with(Operation other) {
        return new Write(requestId, client, clientTimestamp, principal, other);
    }

    /** How much of a batch's byte bound this write takes; an estimate of its encoded size from above for ASCII text. */
    public int weight() {
        int payload = switch (operation) {
            case Operation.Put(var key, var value, var _) -> key.length() + value.size();
            case Operation.Delete(var key, var _) -> key.length();
            case Txn txn -> txn.weight();
        };
        return OVERHEAD + requestId.length() + payload;
    }
}
