package io.ringstore.sync.wire;

import io.ringstore.api.NodeState;
import io.ringstore.cluster.NodeId;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import io.ringstore.ring.NodeReport;
import java.util.List;

/** Who this node is among the others, as the settings have it. */
public final class Self {

    private final String cluster;
    private final NodeId id;
    private final List<NodeId> ring;

    /** Throws {@link IllegalArgumentException} if the settings do not have this node on the ring. */
    public Self(ClusterProperties settings) {
        this.cluster = settings.cluster();
        this.id = new NodeId(settings.node());
        this.ring = settings.syncNodes().stream()
                .map(NodeAddress::id)
                .map(NodeId::new)
                .toList();
        if (!ring.contains(id)) {
            throw new IllegalArgumentException(
                    "ringstore.node is " + id + ", but ringstore.sync-nodes has only " + ring);
        }
    }

    public String cluster() {
        return cluster;
    }

    public NodeId id() {
        return id;
    }

    public List<NodeId> ring() {
        return ring;
    }

    /** Everybody on the ring but this node. */
    public List<NodeId> peers() {
        return ring.stream().filter(node -> !node.equals(id)).toList();
    }

    public boolean isMyCluster(String name) {
        return cluster.equals(name);
    }

    public boolean isPeer(String name) {
        return !id.name().equals(name)
                && ring.stream().anyMatch(node -> node.name().equals(name));
    }

    public NodeState describe(NodeReport report) {
        return TokenMessages.toState(id, ring.indexOf(id), report);
    }
}
