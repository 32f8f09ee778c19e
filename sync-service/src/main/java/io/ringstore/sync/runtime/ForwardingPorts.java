package io.ringstore.sync.runtime;

import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingMoment;

/** Hands everything on; who stands before the edges changes what he wants to. */
abstract class ForwardingPorts implements RingPorts {

    private final RingPorts ports;

    ForwardingPorts(RingPorts ports) {
        this.ports = ports;
    }

    @Override
    public void passToken(RingAction.PassToken action) {
        ports.passToken(action);
    }

    @Override
    public void sendCopy(RingAction.SendCopy action) {
        ports.sendCopy(action);
    }

    @Override
    public void sendWake(RingAction.SendWake action) {
        ports.sendWake(action);
    }

    @Override
    public void askHealth(RingAction.AskHealth action) {
        ports.askHealth(action);
    }

    @Override
    public void sendBye(RingAction.SendBye action) {
        ports.sendBye(action);
    }

    @Override
    public void sendBatch(RingAction.SendBatch action) {
        ports.sendBatch(action);
    }

    @Override
    public void sendClaim(RingAction.SendClaim action) {
        ports.sendClaim(action);
    }

    @Override
    public void readView(RingAction.ReadView action) {
        ports.readView(action);
    }

    @Override
    public void answerClient(RingAction.AnswerClient action) {
        ports.answerClient(action);
    }

    @Override
    public void tell(RingMoment moment) {
        ports.tell(moment);
    }

    @Override
    public void leave() {
        ports.leave();
    }

    @Override
    public void halt(String reason) {
        ports.halt(reason);
    }
}
