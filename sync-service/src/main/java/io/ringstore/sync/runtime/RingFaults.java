package io.ringstore.sync.runtime;

import static io.ringstore.link.failpoint.Failpoint.AFTER_STAMP;
import static io.ringstore.link.failpoint.Failpoint.BEFORE_CLIENT_REPLY;
import static io.ringstore.link.failpoint.Failpoint.BEFORE_PASS;
import static io.ringstore.link.failpoint.Failpoint.BETWEEN_TOKEN_AND_COPY;
import static io.ringstore.link.failpoint.Failpoint.CS_AFTER_STORE;
import static io.ringstore.link.failpoint.Failpoint.CS_BEFORE_STORE;

import io.ringstore.cluster.Fence;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.RingMoment;
import io.ringstore.ring.WriteOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The failpoints of a sync node, around what goes into the core and what comes out of it; all on the ring's thread. */
final class RingFaults {

    private final Failpoints failpoints;
    private final int place;

    /** Held back until the successor has answered, to be sure that the failpoint is between token and copy. */
    private @Nullable HeldCopy heldCopy;

    private record HeldCopy(Fence fence, Runnable send) {}

    /** @param place of this node on the ring */
    RingFaults(Failpoints failpoints, int place) {
        this.failpoints = failpoints;
        this.place = place;
    }

    private boolean isInLab() {
        return !failpoints.equals(Failpoints.NONE);
    }

    /** The core with failpoints before it learns something; outside of the lab the core itself. */
    RingCore around(RingCore core) {
        return isInLab() ? (now, event) -> isLost(event) ? List.of() : core.handle(now, event) : core;
    }

    private boolean isLost(RingEvent event) {
        if (event instanceof RingEvent.BatchAnswered) {
            return failpoints.drops(CS_AFTER_STORE);
        }
        if (event instanceof RingEvent.PassAnswered answered) {
            release(answered.fence());
        } else if (event instanceof RingEvent.PassFailed failed) {
            release(failed.fence());
        }
        return false;
    }

    private void release(Fence passed) {
        HeldCopy held = heldCopy;
        if (held != null && held.fence().equals(passed)) {
            heldCopy = null;
            if (!failpoints.drops(BETWEEN_TOKEN_AND_COPY)) {
                held.send().run();
            }
        }
    }

    /** The ports with failpoints before what they do; outside of the lab the ports themselves. */
    RingPorts around(RingPorts ports) {
        return isInLab() ? new Ports(ports) : ports;
    }

    private final class Ports extends ForwardingPorts {

        Ports(RingPorts ports) {
            super(ports);
        }

        @Override
        public void passToken(RingAction.PassToken action) {
            if (!failpoints.drops(BEFORE_PASS)) {
                super.passToken(action);
            }
        }

        @Override
        public void sendCopy(RingAction.SendCopy action) {
            boolean token =
                    action.token().fence().hop() % action.token().slots().size() != place;
            if (token && failpoints.isArmed(BETWEEN_TOKEN_AND_COPY)) {
                heldCopy = new HeldCopy(action.token().fence(), () -> super.sendCopy(action));
            } else {
                super.sendCopy(action);
            }
        }

        @Override
        public void sendBatch(RingAction.SendBatch action) {
            if (!failpoints.drops(CS_BEFORE_STORE)) {
                super.sendBatch(action);
            }
        }

        @Override
        public void answerClient(RingAction.AnswerClient action) {
            if (!(action.outcome() instanceof WriteOutcome.Decided) || !failpoints.drops(BEFORE_CLIENT_REPLY)) {
                super.answerClient(action);
            }
        }

        @Override
        public void tell(RingMoment moment) {
            super.tell(moment);
            if (moment instanceof RingMoment.Stamped(var _, var slots)
                    && place < slots.size()
                    && slots.at(place).isPresent()) {
                failpoints.drops(AFTER_STAMP);
            }
        }
    }
}
