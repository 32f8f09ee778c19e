package io.ringstore.client.access;

/** The caller is known, and may not do this. */
public final class NotAllowed extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotAllowed(String why) {
        super(why, null, false, false);
    }
}
