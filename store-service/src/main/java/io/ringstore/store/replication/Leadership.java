package io.ringstore.store.replication;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who should lead a group, and how the lead gets there. */
record Leadership(RaftServer server, RaftGroupId group) {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /** The preferred primary (P2), unless this node is that itself. */
    Optional<RaftPeer> preferredPrimary() throws IOException {
        return server.getDivision(group).getRaftConf().getCurrentPeers().stream()
                .max(Comparator.comparingInt(RaftPeer::getPriority))
                .filter(peer -> !peer.getId().equals(server.getId()));
    }

    /** Gives the lead up, to whomever the members elect. */
    void resign() throws IOException {
        var _ = server.transferLeadershipAsync(
                        new TransferLeadershipRequest(ClientId.randomId(), server.getId(), group, 0, null, 0))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.info("lead not given up reason=\"{}\"", failure.getMessage());
                    }
                });
    }

    /**
     * Gives the lead to the preferred primary, if this node has it; meanwhile writes are refused, definite.
     *
     * <p>Ratis gives it to nobody else; when the preferred primary itself stops, the others elect.
     */
    void handOver(Duration patience) {
        try {
            Optional<RaftPeer> preferred = preferredPrimary();
            if (preferred.isPresent() && server.getDivision(group).getInfo().isLeader()) {
                server.transferLeadershipAsync(new TransferLeadershipRequest(
                                ClientId.randomId(),
                                server.getId(),
                                group,
                                0,
                                preferred.get().getId(),
                                patience.toMillis()))
                        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.info("lead not handed over reason=\"{}\"", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
