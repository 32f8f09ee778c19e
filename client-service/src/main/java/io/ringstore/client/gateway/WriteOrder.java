package io.ringstore.client.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What a caller wants written, whichever endpoint it came through.
 *
 * @param principal who the caller was authenticated as; null where nobody is asked
 * @param op as {@link io.ringstore.api.WriteMessage} has it, like all that follows
 */
public record WriteOrder(
        String requestId,
        @Nullable String client,
        @Nullable Long clientTimestamp,
        @Nullable String principal,
        String op,
        String key,
        byte @Nullable [] value,
        @Nullable String contentType,
        @Nullable Long ifRevision,
        @Nullable Boolean ifExists) {

    /** Names, punctuation and numbers of a write as JSON. */
    private static final int OVERHEAD = 256;

    /** JSON may need so many bytes for one character, such as a control character. */
    private static final int JSON_CHARACTER = 6;

    /**
     * How much of a call's byte bound it takes. An estimate from above, value apart: whatever names callers choose, a
     * call never grows beyond what a sync node accepts, or one caller could have the writes of all others refused.
     */
    int weight() {
        return OVERHEAD
                + 2 * (length(requestId) + length(client) + length(principal))
                + JSON_CHARACTER * (length(key) + length(contentType))
                + (value == null ? 0 : value.length);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
