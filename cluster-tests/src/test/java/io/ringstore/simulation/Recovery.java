package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
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

    void heal(List<NodeId> core) {
        world.calm = true;
        world.note(() -> "healed: " + core);
        cluster.everyone().stream().filter(node -> !core.contains(node)).forEach(this::abandon);
        cluster.store().electLeader();
        for (NodeId node : core) {
            core.forEach(other -> mend(node, other));
            mend(node, Network.STORE);
            mend(node, Network.CLIENTS);
        }
        for (NodeId node : core) {
            Life life = cluster.host(node).life();
            if (life != null) {
                life.resume();
            }
            cluster.start(node);
        }
    }

    private void mend(NodeId one, NodeId other) {
        cluster.network().mend(one, other);
        cluster.network().mend(other, one);
    }

    /** A node that is not healed stays as it is, or worse: dead, silent, frozen, or without peers or store. */
    private void abandon(NodeId node) {
        Host host = cluster.host(node);
        host.abandon();
        switch (world.dice.below(5)) {
            case 0 -> host.crash();
            case 1 -> host.fallSilent();
            case 2 -> host.pause(FOR_EVER);
            case 3 -> isolate(node);
            case 4 -> cutOffFromStore(node);
            default -> throw new IllegalStateException("no such fate");
        }
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
