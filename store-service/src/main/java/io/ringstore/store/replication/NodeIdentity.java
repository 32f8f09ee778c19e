package io.ringstore.store.replication;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who this disk is (P6): made at the first start, kept for ever, told to the other store nodes on request.
 *
 * @param peer name of the node and a random suffix; an emptied disk never gets its old one back
 * @param group the group this disk belongs to, null as long as it belongs to none
 * @param founders peers that formed the group; a disk that is not among them was added later
 * @param started whether Raft was ever started here, so that its files must be there
 */
public record NodeIdentity(
        String cluster, String node, String peer, @Nullable UUID group, List<String> founders, boolean started) {

    public NodeIdentity {
        founders = List.copyOf(founders);
    }

    static NodeIdentity fresh(String cluster, String node) {
        return new NodeIdentity(cluster, node, PeerName.create(node), null, List.of(), false);
    }

    boolean hasGroup() {
        return group != null;
    }

    boolean isFounder() {
        return founders.contains(peer);
    }

    NodeIdentity in(UUID newGroup, List<String> newFounders) {
        return new NodeIdentity(cluster, node, peer, newGroup, newFounders, false);
    }

    NodeIdentity startedOnce() {
        return new NodeIdentity(cluster, node, peer, group, founders, true);
    }
}
