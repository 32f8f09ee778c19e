package io.ringstore.store.replication.rest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexReplyProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.server.protocol.RaftServerAsynchronousProtocol;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.apache.ratis.thirdparty.com.google.protobuf.Parser;
import org.jspecify.annotations.Nullable;

/** The sending end: each message of Ratis is one {@code POST} to its receiver, which a {@link ReplicationServlet} takes. */
final class RestRaftServerRpc implements RaftServerRpc, RaftServerAsynchronousProtocol, TermQuestion {

    private final Supplier<RaftPeerId> self;
    private final RestTransport transport;
    private final MessageFaults faults;
    private final Map<RaftPeerId, RaftPeer> peers = new ConcurrentHashMap<>();
    private final Map<RaftPeerId, PeerConnections> connections = new ConcurrentHashMap<>();
    private final ExecutorService calls = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("raft-call-", 0).factory());

    /** @param self not known yet when Ratis makes its transport */
    RestRaftServerRpc(Supplier<RaftPeerId> self, RestTransport transport) {
        this.self = self;
        this.transport = transport;
        this.faults = new MessageFaults(transport);
    }

    @Override
    public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
        transport.flush().vote();
        return call(ReplicationMessage.VOTE, request.getServerRequest(), request, RequestVoteReplyProto.parser());
    }

    @Override
    public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request) throws IOException {
        faults.beforeSending(request);
        return call(ReplicationMessage.APPEND, request.getServerRequest(), request, AppendEntriesReplyProto.parser());
    }

    @Override
    public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request) throws IOException {
        return call(
                ReplicationMessage.SNAPSHOT, request.getServerRequest(), request, InstallSnapshotReplyProto.parser());
    }

    @Override
    public StartLeaderElectionReplyProto startLeaderElection(StartLeaderElectionRequestProto request)
            throws IOException {
        return call(
                ReplicationMessage.ELECTION,
                request.getServerRequest(),
                request,
                StartLeaderElectionReplyProto.parser());
    }

    @Override
    public CompletableFuture<ReadIndexReplyProto> readIndexAsync(ReadIndexRequestProto request) {
        return CompletableFuture.supplyAsync(() -> readIndex(request), calls);
    }

    private ReadIndexReplyProto readIndex(ReadIndexRequestProto request) {
        try {
            return call(
                    ReplicationMessage.READ_INDEX, request.getServerRequest(), request, ReadIndexReplyProto.parser());
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public CompletableFuture<Long> termOf(RaftGroupId group, RaftPeerId peer) {
        try {
            return CompletableFuture.supplyAsync(() -> term(group, peer), calls);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private long term(RaftGroupId group, RaftPeerId peer) {
        RaftRpcRequestProto question = RaftRpcRequestProto.newBuilder()
                .setRequestorId(self.get().toByteString())
                .setReplyId(peer.toByteString())
                .setRaftGroupId(RaftGroupIdProto.newBuilder().setId(group.toByteString()))
                .build();
        try {
            return call(ReplicationMessage.TERM, question, question, RequestVoteReplyProto.parser())
                    .getTerm();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public CompletableFuture<AppendEntriesReplyProto> appendEntriesAsync(AppendEntriesRequestProto request) {
        throw new UnsupportedOperationException("the log appender in use is the blocking one");
    }

    @Override
    public RaftServerAsynchronousProtocol async() {
        return this;
    }

    private <T> T call(ReplicationMessage message, RaftRpcRequestProto header, MessageLite request, Parser<T> answers)
            throws IOException {
        RaftPeerId to = RaftPeerId.valueOf(header.getReplyId());
        long start = System.nanoTime();
        boolean answered = false;
        try {
            T answer = answers.parseFrom(faults.make(() -> connectionsTo(to).post(message, request.toByteArray())));
            answered = true;
            return answer;
        } finally {
            transport.observer().sent(message, to, System.nanoTime() - start, answered);
        }
    }

    private PeerConnections connectionsTo(RaftPeerId id) throws IOException {
        RaftPeer peer = peers.get(id);
        if (peer == null) {
            throw new IOException(self.get() + " knows no peer " + id);
        }
        URI address = transport
                .directory()
                .addressOf(peer)
                .orElseThrow(
                        () -> new IOException("the settings of " + self.get() + " give no address for peer " + id));
        return connections.compute(
                id, (_, known) -> known != null && known.base().equals(address) ? known : reconnect(known, address));
    }

    private PeerConnections reconnect(@Nullable PeerConnections old, URI address) {
        if (old != null) {
            old.close();
        }
        return new PeerConnections(address, transport.timeouts(), transport.secret());
    }

    @Override
    public void addRaftPeers(Collection<RaftPeer> added) {
        added.forEach(peer -> peers.put(peer.getId(), peer));
    }

    @Override
    public void handleException(RaftPeerId peer, Exception e, boolean reconnect) {
        PeerConnections known = connections.get(peer);
        if (known != null) {
            known.forgetIdle();
        }
    }

    @Override
    public RpcType getRpcType() {
        return new RestRpcType();
    }

    @Override
    public void start() {}

    /** The web server listens, not this class. */
    @Override
    public @Nullable InetSocketAddress getInetSocketAddress() {
        return null;
    }

    @Override
    public void close() {
        calls.shutdownNow();
        connections.values().forEach(PeerConnections::close);
    }
}
