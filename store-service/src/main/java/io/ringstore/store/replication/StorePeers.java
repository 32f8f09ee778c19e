package io.ringstore.store.replication;

import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import io.ringstore.store.replication.Membership.Member;
import io.ringstore.store.replication.rest.PeerDirectory;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/**
 * The store nodes of the settings, and which peer lives on which of them.
 *
 * <p>Addresses always come from the settings, never from Raft's own configuration: a node may move to another port.
 */
final class StorePeers implements PeerDirectory {

    private final List<NodeAddress> nodes;

    StorePeers(ClusterProperties cluster) {
        this.nodes = cluster.storeNodes();
        if (nodes.stream().noneMatch(node -> node.id().equals(cluster.node()))) {
            throw new IllegalArgumentException(
                    "ringstore.node is " + cluster.node() + ", but ringstore.store-nodes does not have it");
        }
    }

    List<NodeAddress> nodes() {
        return nodes;
    }

    Optional<NodeAddress> nodeOf(RaftPeerId peer) {
        return node(PeerName.nodeOf(peer));
    }

    private Optional<NodeAddress> node(String name) {
        return nodes.stream().filter(node -> node.id().equals(name)).findFirst();
    }

    @Override
    public Optional<URI> addressOf(RaftPeer peer) {
        return nodeOf(peer.getId()).map(NodeAddress::uri);
    }

    @Override
    public boolean knows(RaftPeerId peer) {
        return nodeOf(peer).isPresent();
    }

    /** As it is when the group is founded: the first node of the settings is the preferred primary (P2). */
    Member founder(String peer) {
        return new Member(peer, nodes.getFirst().id().equals(PeerName.nodeOf(peer)) ? 1 : 0);
    }

    /** As Ratis wants it. */
    RaftPeer toRaftPeer(Member member) {
        String name = PeerName.nodeOf(member.peer());
        NodeAddress node = node(name)
                .orElseThrow(() -> new IllegalStateException("peer " + member.peer()
                        + " is a member of this group, but ringstore.store-nodes has no node " + name));
        return RaftPeer.newBuilder()
                .setId(member.peer())
                .setAddress(node.uri().getAuthority())
                .setPriority(member.priority())
                .build();
    }
}
