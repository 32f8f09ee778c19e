package io.ringstore.store.web;

import io.ringstore.api.StoreStatus;
import io.ringstore.link.ClusterProperties;
import io.ringstore.store.replication.PeerWatch;
import io.ringstore.store.replication.Replica;
import io.ringstore.store.replication.ReplicaStatus;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** What a store node says of itself under {@code /store/status}. */
@Component
final class StoreStatusReport {

    private final String self;
    private final Replica replica;
    private final PeerWatch peers;

    StoreStatusReport(ClusterProperties cluster, Replica replica, PeerWatch peers) {
        this.self = cluster.node();
        this.replica = replica;
        this.peers = peers;
    }

    StoreStatus now() {
        ReplicaStatus status = replica.status();
        ReplicaStatus.AppliedState state = status.state();
        return new StoreStatus(
                self,
                status.role().name(),
                status.primary(),
                status.term(),
                status.commit(),
                state == null ? 0 : state.index(),
                state == null ? 0 : state.revision(),
                HexFormat.of().toHexDigits(state == null ? 0 : state.hash()),
                state == null ? 0 : state.storeTime(),
                System.currentTimeMillis());
    }

    /** The greatest revision any replica was seen to have. */
    long newestKnownRevision() {
        return peers.newestKnownRevision();
    }
}
