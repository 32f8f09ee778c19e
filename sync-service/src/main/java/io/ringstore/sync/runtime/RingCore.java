package io.ringstore.sync.runtime;

import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingEvent;
import java.util.List;

/** The protocol as the driver sees it: an event in, actions out. */
@FunctionalInterface
interface RingCore {

    /** Advances the protocol; {@code now} is in milliseconds on a clock that never goes back. */
    List<RingAction> handle(long now, RingEvent event);
}
