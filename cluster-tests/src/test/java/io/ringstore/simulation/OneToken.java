package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.RingTimers;
import io.ringstore.simulation.Happening.Held;
import io.ringstore.simulation.Happening.Stepped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** L2: a ring that has healed and settled has exactly one token, and it is never out of sight for long. */
final class OneToken implements Liveness {

    private static final long OUT_OF_SIGHT = 5 * RingTimers.DEFAULT.park();

    private final Agenda agenda;
    private final List<NodeId> core;
    private final Set<NodeId> holders = new HashSet<>();
    private boolean settled;
    private long lastSeenAt;

    OneToken(Agenda agenda, List<NodeId> core) {
        this.agenda = agenda;
        this.core = core;
    }

    @Override
    public void check(Happening happening) {
        if (happening instanceof Stepped(NodeId node, var _, var report) && core.contains(node)) {
            boolean keepsIt = report.phase() == NodePhase.PARKED || report.phase() == NodePhase.CRITICAL;
            if (keepsIt ? holders.add(node) : holders.remove(node)) {
                require(!settled || holders.size() <= 1, () -> "tokens at " + holders);
            }
        } else if (happening instanceof Held && settled) {
            requireSeen();
            lastSeenAt = agenda.millis();
        }
    }

    @Override
    public void quiet() {
        require(holders.size() <= 1, () -> "tokens at " + holders);
        settled = true;
        lastSeenAt = agenda.millis();
    }

    @Override
    public void end() {
        requireSeen();
    }

    private void requireSeen() {
        long unseen = agenda.millis() - lastSeenAt;
        require(unseen < OUT_OF_SIGHT, () -> "the token has been out of sight for %d ms".formatted(unseen));
    }
}
