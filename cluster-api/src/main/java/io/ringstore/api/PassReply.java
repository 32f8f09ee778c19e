package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * How a token or a copy was received (§4.1): 200 if taken, 409 with {@code STALE} or {@code CFG}, 421 {@code NOT_YOURS},
 * 503 {@code NOT_READY}, 400 {@code MALFORMED}.
 *
 * @param seen the receiver's newest fence, where it says so
 * @param cfg the receiver's configuration, with {@code CFG}
 */
public record PassReply(
        @Nullable Reason reason,
        @Nullable FenceMessage seen,
        @Nullable Long cfg,
        @Nullable String detail) {

    /** Why a token was not taken. */
    public enum Reason {
        STALE,
        CFG,
        NOT_YOURS,
        NOT_READY,
        MALFORMED
    }
}
