package io.ringstore.sync.runtime;

import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingMoment;

/** What the ring's loop has done by others; none of them may wait for anything on the loop's thread. */
public interface RingPorts {

    void passToken(RingAction.PassToken action);

    void sendCopy(RingAction.SendCopy action);

    void sendWake(RingAction.SendWake action);

    void askHealth(RingAction.AskHealth action);

    void sendBye(RingAction.SendBye action);

    void sendBatch(RingAction.SendBatch action);

    void sendClaim(RingAction.SendClaim action);

    void readView(RingAction.ReadView action);

    void answerClient(RingAction.AnswerClient action);

    void tell(RingMoment moment);

    void leave();

    void halt(String reason);
}
