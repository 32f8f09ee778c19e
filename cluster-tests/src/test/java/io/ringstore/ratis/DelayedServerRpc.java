package io.ringstore.ratis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.server.impl.DelayLocalExecutionInjection;
import org.apache.ratis.server.protocol.RaftServerAsynchronousProtocol;

/** The store's transport, held up before each message for as long as a test wants. */
record DelayedServerRpc(Supplier<RaftPeerId> self, RaftServerRpc rest, DelayLocalExecutionInjection delays)
        implements RaftServerRpc {

    private RaftServerRpc delayed() {
        delays.execute(self.get(), null);
        return rest;
    }

    @Override
    public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
        return delayed().requestVote(request);
    }

    @Override
    public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request) throws IOException {
        return delayed().appendEntries(request);
    }

    @Override
    public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request) throws IOException {
        return delayed().installSnapshot(request);
    }

    @Override
    public StartLeaderElectionReplyProto startLeaderElection(StartLeaderElectionRequestProto request)
            throws IOException {
        return delayed().startLeaderElection(request);
    }

    @Override
    public RaftServerAsynchronousProtocol async() {
        return rest.async();
    }

    @Override
    public void handleException(RaftPeerId peer, Exception e, boolean reconnect) {
        rest.handleException(peer, e, reconnect);
    }

    @Override
    public void notifyNotLeader(RaftGroupId group) {
        rest.notifyNotLeader(group);
    }

    @Override
    public void addRaftPeers(Collection<RaftPeer> peers) {
        rest.addRaftPeers(peers);
    }

    @Override
    public RpcType getRpcType() {
        return rest.getRpcType();
    }

    @Override
    public void start() throws IOException {
        rest.start();
    }

    @Override
    public InetSocketAddress getInetSocketAddress() {
        return rest.getInetSocketAddress();
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
