package io.ringstore.ring;

import io.ringstore.cluster.NodeId;
import java.util.HashSet;
import java.util.Set;

/** Suspects and clears peers, and looks after those down ones that the token would otherwise go to (§7). */
final class Suspicions {

    private static final long PROBE_EVERY_MILLIS = 500;

    private final RingState state;

    /** For whom a timer is running; one is enough, however often a peer is cleared and suspected again. */
    private final Set<NodeId> watched = new HashSet<>();

    Suspicions(RingState state) {
        this.state = state;
    }

    void suspect(NodeId peer) {
        if (state.peers.suspect(peer)) {
            state.tell(new RingMoment.Suspected(peer));
            if (watched.add(peer)) {
                state.startJitteredTimer(new Timer.ProbeDue(peer), PROBE_EVERY_MILLIS);
            }
        }
    }

    void clear(NodeId peer) {
        if (state.peers.clear(peer)) {
            state.tell(new RingMoment.Cleared(peer));
        }
    }

    void onProbeDue(NodeId peer) {
        if (!state.peers.isDown(peer) || state.leaving) {
            watched.remove(peer);
            return;
        }
        if (state.peers.standsBeforeSuccessor(state.config, peer)) {
            state.emit(new RingAction.AskHealth(RingAction.NO_CHECK, peer));
        }
        state.startJitteredTimer(new Timer.ProbeDue(peer), PROBE_EVERY_MILLIS);
    }

    /** A peer spoke: it lives, and takes the token unless it is joining or leaving. */
    void onReport(NodeId peer, NodeReport report) {
        switch (report.phase()) {
            case IDLE, HOLDING, PARKED, CRITICAL -> clear(peer);
            case JOINING, LEAVING -> {}
        }
        state.sightFromPeer(report.seen());
    }
}
