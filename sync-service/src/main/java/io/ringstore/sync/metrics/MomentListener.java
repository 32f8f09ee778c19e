package io.ringstore.sync.metrics;

import io.ringstore.ring.RingMoment;

/** Watches the ring; called on the ring's thread, so it must be quick. */
@FunctionalInterface
public interface MomentListener {

    void told(RingMoment moment);
}
