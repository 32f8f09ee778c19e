package io.ringstore.sync.metrics;

import io.ringstore.cluster.Fence;

/**
 * Which rotations of a busy ring are shown: all while it turns slowly, otherwise every second, fourth, eighth… one.
 *
 * <p>A rotation is shown or not by its number alone. So all nodes show the same ones, and where two nodes disagree on how
 * busy the ring is, the one shows a part of what the other does.
 */
final class Sampling {

    /** What an eye can follow, roughly. */
    private static final int SHOWN_PER_SECOND = 10;

    private static final long WINDOW_MILLIS = 1_000;

    private final int nodes;
    private long every = 1;
    private long epoch = -1;
    private long firstRotation;
    private long since;

    Sampling(int nodes) {
        this.nodes = nodes;
    }

    /** Whether the rotation of this fence is shown. */
    boolean shows(Fence fence, long nowMillis) {
        long rotation = fence.hop() / nodes;
        if (fence.epoch() != epoch || nowMillis - since >= WINDOW_MILLIS || nowMillis < since) {
            every = fence.epoch() == epoch ? stride(rotation - firstRotation, nowMillis - since) : every;
            epoch = fence.epoch();
            firstRotation = rotation;
            since = nowMillis;
        }
        return rotation % every == 0;
    }

    private static long stride(long rotations, long millis) {
        long stride = 1;
        while (rotations * 1_000 > stride * SHOWN_PER_SECOND * Math.max(1, millis)) {
            stride *= 2;
        }
        return stride;
    }
}
