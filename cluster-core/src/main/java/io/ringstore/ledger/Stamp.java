package io.ringstore.ledger;

import io.ringstore.cluster.NodeId;

/**
 * What the primary adds to a command when it appends it; no replica looks at its own clock later (§8.5).
 *
 * @param millis the primary's clock, epoch milliseconds
 * @param primary who appended it
 * @param term the primary's term
 * @param via the store node the command arrived at first
 * @param room how much the keys may weigh that the primary can hold ({@link LogRecord#weight}); a write beyond it is
 *     refused by all replicas alike, whatever they could hold themselves
 */
public record Stamp(long millis, NodeId primary, long term, NodeId via, long room) {

    /** What a primary says that does not know a bound. */
    public static final long UNBOUNDED = Long.MAX_VALUE;
}
