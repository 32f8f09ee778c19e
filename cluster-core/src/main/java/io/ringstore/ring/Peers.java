package io.ringstore.ring;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which peers are taken for down: hints that decide how fast the ring heals, never what is right (§7). */
final class Peers {

    private final NodeId self;
    private final Set<NodeId> down = new HashSet<>();

    Peers(NodeId self) {
        this.self = self;
    }

    /** Returns whether this is news. */
    boolean suspect(NodeId peer) {
        return !peer.equals(self) && down.add(peer);
    }

    /** Returns whether this is news. */
    boolean clear(NodeId peer) {
        return down.remove(peer);
    }

    boolean isDown(NodeId peer) {
        return down.contains(peer);
    }

    List<NodeId> others(RingConfig config) {
        return config.nodes().stream().filter(node -> !node.equals(self)).toList();
    }

    List<NodeId> live(RingConfig config) {
        return others(config).stream().filter(node -> !isDown(node)).toList();
    }

    /** The next node after {@code from} that is not down; this node itself if nobody else is left. */
    NodeId liveAfter(RingConfig config, NodeId from) {
        int index = config.indexOf(from);
        for (int steps = 1; steps < config.size(); steps++) {
            NodeId node = config.after(index, steps);
            if (node.equals(self) || !isDown(node)) {
                return node;
            }
        }
        return self;
    }

    /** Whether the token would reach {@code peer} before the successor it goes to now. */
    boolean standsBeforeSuccessor(RingConfig config, NodeId peer) {
        int me = config.indexOf(self);
        for (int steps = 1; steps < config.size(); steps++) {
            NodeId node = config.after(me, steps);
            if (node.equals(peer) || !isDown(node)) {
                return node.equals(peer);
            }
        }
        return false;
    }

    /** Forgets nodes that left the ring. */
    void retain(RingConfig config) {
        down.retainAll(config.nodes());
    }
}
