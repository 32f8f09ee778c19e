package io.ringstore.cluster;

import java.util.HashSet;
import java.util.List;

/**
 * The sync nodes in ring order, as the store knows them (ring-protocol.md §1, §8.6).
 *
 * @param id grows by one with every change; {@link #NOT_INSTALLED} until the first claim installs a list
 */
public record RingConfig(long id, List<NodeId> nodes) {

    public static final long NOT_INSTALLED = 0;

    public RingConfig {
        nodes = List.copyOf(nodes);
        if (id < NOT_INSTALLED) {
            throw new IllegalArgumentException("a configuration id is not negative: " + id);
        }
        if (nodes.isEmpty() && id != NOT_INSTALLED) {
            throw new IllegalArgumentException("a ring needs at least one node");
        }
        if (new HashSet<>(nodes).size() != nodes.size()) {
            throw new IllegalArgumentException("a node stands twice on the ring: " + nodes);
        }
    }

    public static RingConfig notInstalled() {
        return new RingConfig(NOT_INSTALLED, List.of());
    }

    public boolean isInstalled() {
        return id != NOT_INSTALLED;
    }

    public int size() {
        return nodes.size();
    }

    public boolean contains(NodeId node) {
        return nodes.contains(node);
    }

    /** The place of a node on the ring, counted from 0, or -1 if it has none. */
    public int indexOf(NodeId node) {
        return nodes.indexOf(node);
    }

    /** The node that {@code steps} passes lead to from {@code index}. */
    public NodeId after(int index, int steps) {
        return nodes.get((index + steps) % size());
    }

    /** The only node that may hold a token of this hop (rule R1). */
    public NodeId holderOf(long hop) {
        return nodes.get((int) (hop % size()));
    }

    /** Whether two fences of one epoch belong to the same node: the token stayed there, or came back. */
    public boolean nameOneNode(Fence one, Fence other) {
        return one.epoch() == other.epoch()
                && one.hop() >= 0
                && other.hop() >= 0
                && holderOf(one.hop()).equals(holderOf(other.hop()));
    }

    public RingConfig next(List<NodeId> newNodes) {
        return new RingConfig(id + 1, newNodes);
    }
}
