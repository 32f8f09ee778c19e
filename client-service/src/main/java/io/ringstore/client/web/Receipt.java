package io.ringstore.client.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets for a committed write; the same one however often it asks.
 *
 * @param key null of a transaction, and if the store still knows the request, but the log is let go already
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Receipt(
        String status,
        String requestId,
        @Nullable String key,
        long revision,
        @Nullable Long clientTimestamp,
        TokenView token,
        StorePath store) {

    /** Under which fence it was written, and by which position on the ring. */
    record TokenView(long epoch, long hop, int sync) {}

    /** Positions of the store node it arrived at and of the primary that appended it. */
    record StorePath(int via, int primary, long term) {}
}
