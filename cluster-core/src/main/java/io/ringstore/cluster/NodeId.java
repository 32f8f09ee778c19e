package io.ringstore.cluster;

/** The name of one node, such as {@code sync-0}; unique in its cluster and never reused for another disk. */
public record NodeId(String name) implements Comparable<NodeId> {

    public NodeId {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a node needs a name");
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
