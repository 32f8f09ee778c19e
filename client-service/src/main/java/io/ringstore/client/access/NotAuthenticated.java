package io.ringstore.client.access;

/** Nobody knows who the caller is. */
public final class NotAuthenticated extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotAuthenticated(String why) {
        super(why, null, false, false);
    }
}
