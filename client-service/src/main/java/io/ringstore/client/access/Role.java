package io.ringstore.client.access;

/** What a principal may do; each may do all that those before it may. */
public enum Role {
    READER,
    WRITER,
    ADMIN;

    boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
