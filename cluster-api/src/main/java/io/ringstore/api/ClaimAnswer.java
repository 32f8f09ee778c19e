package io.ringstore.api;

/**
 * The answer to a claim.
 *
 * @param epoch the opened one, when WON
 */
public record ClaimAnswer(Status status, long epoch, StoreViewMessage view) {

    /** How a claim ended. */
    public enum Status {
        WON,
        LOST,
        /** The store has another list of sync nodes installed. */
        WRONG_CONFIG
    }
}
