package io.ringstore.ring;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import java.util.List;

/** One node of the token ring (ring-protocol.md); the same events at the same times lead to the same actions. */
public final class RingNode {

    /**
     * @param configured the ring as the settings have it, used until the store has a list
     * @param incarnation unique to this start of this node
     */
    public RingNode(
            String cluster,
            NodeId self,
            RingConfig configured,
            String incarnation,
            RingTimers timers,
            RingLimits limits) {
        throw new UnsupportedOperationException();
    }

    /**
     * Advances the protocol by one event and returns what to do, in order.
     *
     * @param now milliseconds on a clock that never goes back; its zero means nothing
     */
    public List<RingAction> handle(long now, RingEvent event) {
        throw new UnsupportedOperationException();
    }
}
