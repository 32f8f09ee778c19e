package io.ringstore.ring;

/**
 * How much may wait at a node; a batch takes all of it (Qmax = B of ring-protocol.md §6).
 *
 * @param maxRequests requests in the queue and in one batch
 * @param maxWeight sum of {@link io.ringstore.ledger.Write#weight()} of the same
 */
public record RingLimits(int maxRequests, int maxWeight) {

    public static final RingLimits DEFAULT = new RingLimits(1024, 1 << 20);
}
