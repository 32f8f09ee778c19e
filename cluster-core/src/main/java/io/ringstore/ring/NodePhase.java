package io.ringstore.ring;

/** Where a node stands relative to the token, as it tells its peers and anyone who looks. */
public enum NodePhase {
    /** Has not read the store's fence yet (rule R7) and takes no token. */
    JOINING,
    IDLE,
    /** Has the token and is passing it on. */
    HOLDING,
    /** Keeps a token that nobody waits for. */
    PARKED,
    /** Has a batch under way to the store. */
    CRITICAL,
    /** Shuts down. */
    LEAVING;

    public boolean hasToken() {
        return this == HOLDING || this == PARKED || this == CRITICAL;
    }
}
