package io.ringstore.client.gateway;

/** A write was not even begun; this attempt has no effect. */
public final class NotAdmitted extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** As many writes as allowed are under way. */
        FULL,
        /** The same request id is being written right now. */
        BEING_WRITTEN
    }

    NotAdmitted(Reason reason) {
        super(reason.name(), null, false, false); // made often under overload: without a stack trace
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
