package io.ringstore.client.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What a caller wants written, whichever endpoint it came through.
 *
 * @param value of a put, null for a delete
 * @param ifRevision {@code If-Match: "n"}
 * @param ifExists true is {@code If-Match: *}, false is {@code If-None-Match: *}
 */
public record WriteOrder(
        String requestId,
        @Nullable String client,
        @Nullable Long clientTimestamp,
        String key,
        byte @Nullable [] value,
        @Nullable String contentType,
        @Nullable Long ifRevision,
        @Nullable Boolean ifExists) {

    private static final int OVERHEAD = 128;

    /** How much of a batch's byte bound it takes. */
    int weight() {
        return OVERHEAD + requestId.length() + key.length() + (value == null ? 0 : value.length);
    }
}
