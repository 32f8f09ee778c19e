package io.ringstore.simulation;

import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent.Silence;

/** Who waits for a peer's answer; only the first that it hears counts. */
interface Caller {

    void answered(PeerReply reply);

    void failed(Silence silence);
}
