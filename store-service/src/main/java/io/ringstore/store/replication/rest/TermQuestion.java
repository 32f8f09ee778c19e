package io.ringstore.store.replication.rest;

import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;

/** Asks another store node, over the transport of Ratis, what Ratis does not ask. */
@FunctionalInterface
public interface TermQuestion {

    /** The term of Raft that a peer is in when it is asked; fails if it does not answer in time. */
    CompletableFuture<Long> termOf(RaftGroupId group, RaftPeerId peer);
}
