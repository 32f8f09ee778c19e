package io.ringstore.store.replication.rest;

import java.net.URI;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/** Where store nodes listen, and which of them belong to this cluster at all. */
public interface PeerDirectory {

    /** The address of a peer, or empty if the cluster has no such node. */
    Optional<URI> addressOf(RaftPeer peer);

    /** Whether messages of this peer are let in; it need not be a member of the group yet (P6, P10). */
    boolean knows(RaftPeerId peer);
}
