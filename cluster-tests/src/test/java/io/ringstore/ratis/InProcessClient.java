package io.ringstore.ratis;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.protocol.GroupInfoRequest;
import org.apache.ratis.protocol.GroupListRequest;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.LeaderElectionManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.IOUtils;
import org.jspecify.annotations.Nullable;

/** Calls a server of this JVM; the store has no Raft client, its edge calls its server as this does (P1). */
final class InProcessClient implements RaftClientRpc {

    /** Longer than any server takes to give a request up itself, which is what the suites want to see. */
    private static final long PATIENCE_SECONDS = 15;

    /** Ratis counts an entry as applied a moment after it replies, and a test takes it that no reply is faster. */
    private static final Executor WIRE = CompletableFuture.delayedExecutor(3, TimeUnit.MILLISECONDS);

    private final Function<RaftPeerId, @Nullable RaftServer> servers;

    InProcessClient(Function<RaftPeerId, @Nullable RaftServer> servers) {
        this.servers = servers;
    }

    @Override
    public RaftClientReply sendRequest(RaftClientRequest request) throws IOException {
        RaftServer server = servers.apply(request.getServerId());
        if (server == null) {
            throw new IOException("no server " + request.getServerId());
        }
        try {
            return give(server, request).thenApplyAsync(reply -> reply, WIRE).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw IOUtils.asIOException(e.getCause());
        } catch (TimeoutException e) {
            throw new TimeoutIOException("no reply to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private static CompletableFuture<RaftClientReply> give(RaftServer server, RaftClientRequest request)
            throws IOException {
        return switch (request) {
            case GroupManagementRequest r -> CompletableFuture.completedFuture(server.groupManagement(r));
            case GroupListRequest r -> CompletableFuture.completedFuture(server.getGroupList(r));
            case GroupInfoRequest r -> CompletableFuture.completedFuture(server.getGroupInfo(r));
            case SetConfigurationRequest r -> server.setConfigurationAsync(r);
            case TransferLeadershipRequest r -> server.transferLeadershipAsync(r);
            case SnapshotManagementRequest r -> server.snapshotManagementAsync(r);
            case LeaderElectionManagementRequest r -> server.leaderElectionManagementAsync(r);
            default -> server.submitClientRequestAsync(request);
        };
    }

    @Override
    public void addRaftPeers(Collection<RaftPeer> peers) {}

    @Override
    public void close() {}
}
