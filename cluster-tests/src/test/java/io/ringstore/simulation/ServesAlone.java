package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.simulation.Happening.Answered;
import io.ringstore.simulation.Happening.Blocked;
import io.ringstore.simulation.Happening.Entered;
import io.ringstore.simulation.Happening.Minted;
import io.ringstore.simulation.Happening.Queued;
import java.util.HashSet;
import java.util.Set;

/**
 * L5: a live sync node that is the only one asks nobody: whoever waits when it enters its critical section is answered
 * before it enters the next one. A new epoch, or a store that did not answer, make it begin again.
 */
final class ServesAlone implements Liveness {

    private final NodeId alone;
    private final Set<Long> waiting = new HashSet<>();
    private final Set<Long> inTheSection = new HashSet<>();
    private boolean served;

    ServesAlone(NodeId alone) {
        this.alone = alone;
    }

    @Override
    public void check(Happening happening) {
        if (happening instanceof Queued(NodeId node, long ticket) && node.equals(alone)) {
            waiting.add(ticket);
        } else if (happening instanceof Answered(long ticket)) {
            waiting.remove(ticket);
            inTheSection.remove(ticket);
        } else if (happening instanceof Entered(NodeId node, var _) && node.equals(alone)) {
            require(inTheSection.isEmpty(), () -> alone + " passed over " + inTheSection);
            inTheSection.addAll(waiting);
            served = true;
        } else if (happening instanceof Minted || happening instanceof Blocked) {
            inTheSection.clear();
        }
    }

    @Override
    public void quiet() {
        require(served, () -> alone + " has not entered its critical section");
    }
}
