package io.ringstore.history;

/** One promise that a history breaks, and where. */
public record Violation(Promise promise, String detail) {

    /** What Ringstore promises its clients. */
    public enum Promise {
        /** C3: what was acknowledged at a revision is there. */
        NOTHING_ACKNOWLEDGED_IS_LOST,
        /** C2: no request id stands at two revisions, and no value twice. */
        EXACTLY_ONCE,
        /** C12: what a revision has is all of what one request asked for. */
        ALL_OR_NOTHING,
        /** C1: every record was asked for by a client. */
        NO_PHANTOM,
        /** C4: what every attempt refused is not there. */
        HONEST_REFUSAL,
        /** C5: what was acknowledged before something else began stands before it. */
        REAL_TIME_ORDER,
        /** C7-C9: reads see everything acknowledged before they began, nothing from the future, and never go back. */
        FRESH_READS,
        /** C0: replicas agree, revision by revision. */
        SAME_EVERYWHERE,
        /** C11: fences grow along the log, and one fence has one writer. */
        FENCES_GROW
    }
}
