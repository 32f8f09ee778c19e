package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of faults for a part of the cluster, and of nothing else: uniform faults hide what never heals by itself,
 * because they always heal.
 */
final class Recovery {

    private static final long FOR_EVER = 1_000_000_000;

    private final World world;
    private final Cluster cluster;

    Recovery(World world, Cluster cluster) {
        this.world = world;
        this.cluster = cluster;
    }

    /** A part of the ring, at least one node of it. */
    List<NodeId> some() {
        List<NodeId> ring = cluster.ring();
        int size = world.dice.chance(0.3) ? ring.size() : 1 + world.dice.below(ring.size());
        return world.dice.shuffled(ring).subList(0, size);
    }

    /** Returns those that reach each other from now on: the core, and who is on the ring without the store. */
    List<NodeId> heal(List<NodeId> core) {
        world.calm = true;
        world.note(() -> "healed: " + core);
        List<NodeId> connected = new ArrayList<>(core);
        cluster.everyone().stream()
                .filter(node -> !core.contains(node))
                .filter(this::isAbandonedButOnTheRing)
                .forEach(connected::add);
        cluster.store().electLeader();
        connected.forEach(node -> connected.forEach(other -> mend(node, other)));
        for (NodeId node : core) {
            mend(node, Network.STORE);
            mend(node, Network.CLIENTS);
            Life life = cluster.host(node).life();
            if (life != null) {
                life.resume();
            }
            cluster.start(node);
        }
        return connected;
    }

    private void mend(NodeId one, NodeId other) {
        cluster.network().mend(one, other);
        cluster.network().mend(other, one);
    }

    /**
     * A node that is not healed stays as it is, or worse: dead, silent, frozen, without peers, or without the store.
     * Returns whether its peers still hear it: then all of them do, for a ring with one-way links has no bounds (§12).
     */
    private boolean isAbandonedButOnTheRing(NodeId node) {
        Host host = cluster.host(node);
        host.abandon();
        return switch (world.dice.below(5)) {
            case 0 -> {
                host.crash();
                yield false;
            }
            case 1 -> {
                host.fallSilent();
                yield false;
            }
            case 2 -> {
                host.pause(FOR_EVER);
                yield false;
            }
            case 3 -> {
                isolate(node);
                yield false;
            }
            case 4 -> {
                cutOffFromStore(node);
                yield true;
            }
            default -> throw new IllegalStateException("no such fate");
        };
    }

    private void isolate(NodeId node) {
        for (NodeId other : cluster.others(node)) {
            cluster.network().cut(node, other);
            cluster.network().cut(other, node);
        }
        cutOffFromStore(node);
    }

    private void cutOffFromStore(NodeId node) {
        cluster.network().cut(node, Network.STORE);
        cluster.network().cut(Network.STORE, node);
    }
}
