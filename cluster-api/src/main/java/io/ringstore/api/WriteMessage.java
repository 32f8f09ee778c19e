package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * One write on its way from the gateway to a sync node.
 *
 * @param op {@code put}, {@code delete} or {@code txn}
 * @param key empty for a transaction
 * @param value of a put; of a transaction, all that it asks for in the ledger's encoding
 * @param ifRevision {@code If-Match: "n"}
 * @param ifExists true is {@code If-Match: *}, false is {@code If-None-Match: *}
 * @param patienceMs how long the client is ready to wait
 */
public record WriteMessage(
        String requestId,
        @Nullable String client,
        @Nullable Long clientTimestamp,
        @Nullable String principal,
        String op,
        String key,
        byte @Nullable [] value,
        @Nullable String contentType,
        @Nullable Long ifRevision,
        @Nullable Boolean ifExists,
        long patienceMs) {}
