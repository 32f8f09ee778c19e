package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * One record of the log, or the record that last wrote a key.
 *
 * @param op {@code put} or {@code delete}
 * @param timestamp hybrid logical timestamp under which it waited on the ring
 */
public record RecordMessage(
        long revision,
        String op,
        String key,
        byte @Nullable [] value,
        @Nullable String contentType,
        String requestId,
        @Nullable String client,
        @Nullable Long clientTimestamp,
        @Nullable String principal,
        long timestamp,
        OriginMessage origin) {}
