package io.ringstore.cluster;

import static java.util.Comparator.comparingLong;

import java.util.Comparator;

/**
 * A token's place in ring history: the epoch that the store opened, and the hops since.
 *
 * <p>A hop belongs to one node only (rule R1), so two nodes never share a fence, whatever was sent twice.
 */
public record Fence(long epoch, long hop) implements Comparable<Fence> {

    /** The hop of an epoch in which nothing has been accepted yet; smaller than every real hop. */
    public static final long NO_HOP = -1;

    /** Smaller than every fence a token can have. */
    public static final Fence NONE = new Fence(0, NO_HOP);

    private static final Comparator<Fence> BY_AGE = comparingLong(Fence::epoch).thenComparingLong(Fence::hop);

    public Fence {
        if (epoch < 0 || hop < NO_HOP) {
            throw new IllegalArgumentException("no such fence: " + epoch + "." + hop);
        }
    }

    public boolean isNewerThan(Fence other) {
        return compareTo(other) > 0;
    }

    public Fence plusHops(int hops) {
        return new Fence(epoch, hop + hops);
    }

    public static Fence newest(Fence one, Fence other) {
        return one.isNewerThan(other) ? one : other;
    }

    @Override
    public int compareTo(Fence other) {
        return BY_AGE.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "." + hop;
    }
}
