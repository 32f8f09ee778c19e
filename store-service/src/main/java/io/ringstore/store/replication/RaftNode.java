package io.ringstore.store.replication;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.link.NodeAddress;
import io.ringstore.store.replication.rest.RestTransport;
import io.ringstore.store.replication.rest.TermQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorageMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raft on this node: takes commands in, says who leads, confirms reads. Made for one group; see {@link ReplicaLifecycle}. */
public final class RaftNode {

    private static final Logger LOG = LoggerFactory.getLogger(RaftNode.class);

    private final StorePeers peers;
    private final ReplicationProperties settings;
    private final RaftServer server;
    private final LedgerStateMachine stateMachine;
    private final RaftGroupId group;
    private final ClientId edge = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private final SharedRound<Void> reads = new SharedRound<>(this::confirmReadIndex);
    private final LatestTerm latestTerm;

    RaftNode(
            NodeIdentity identity,
            StorePeers peers,
            ReplicationProperties settings,
            RestTransport transport,
            LedgerStateMachine stateMachine,
            Path raftDirectory)
            throws IOException {
        UUID id = identity.group();
        if (id == null) {
            throw new IllegalArgumentException("no group yet");
        }
        this.peers = peers;
        this.settings = settings;
        this.stateMachine = stateMachine;
        this.group = RaftGroupId.valueOf(id);
        // One that was added later knows no members until the primary sends it the log, and has no vote before (P6).
        List<String> first = identity.isFounder() ? identity.founders() : List.of();
        this.server = RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(identity.peer()))
                .setGroup(RaftGroup.valueOf(
                        group,
                        first.stream()
                                .map(peers::founder)
                                .map(peers::toRaftPeer)
                                .toList()))
                // RECOVER serves first start and restart alike; FORMAT, the builder's default, wipes (P3).
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setProperties(RaftSettings.of(settings, raftDirectory))
                .setParameters(transport.addTo(new Parameters()))
                .setStateMachine(stateMachine)
                .build();
        this.latestTerm =
                new LatestTerm(server.getId(), peer -> transportOf(server).termOf(group, peer));
    }

    private static TermQuestion transportOf(RaftServer server) {
        return (TermQuestion) server.getServerRpc();
    }

    void start() throws IOException {
        server.start();
    }

    RaftServer server() {
        return server;
    }

    /** Where this node keeps what Raft promised; flushed before a vote leaves. */
    Path metadataDirectory() throws IOException {
        return division().getRaftStorage().getStorageDir().getCurrentDir().toPath();
    }

    Path stateDirectory() throws IOException {
        return division().getRaftStorage().getStorageDir().getStateMachineDir().toPath();
    }

    Path groupDirectory() throws IOException {
        return division().getRaftStorage().getStorageDir().getRoot().toPath();
    }

    RaftServer.Division division() throws IOException {
        return server.getDivision(group);
    }

    /** The copy of the ledger on this node; null while it is being filled from another one. */
    @Nullable
    LedgerReplica replica() {
        return stateMachine.replica();
    }

    /** The primary as far as this node knows, and where it listens. */
    Optional<NodeAddress> primary() {
        try {
            return Optional.ofNullable(division().getInfo().getLeaderId()).flatMap(peers::nodeOf);
        } catch (IOException e) {
            LOG.debug("no division", e);
            return Optional.empty();
        }
    }

    boolean isPrimary() {
        try {
            return division().getInfo().isLeader();
        } catch (IOException e) {
            LOG.debug("no division", e);
            return false;
        }
    }

    boolean isAlive() {
        try {
            return division().getInfo().isAlive();
        } catch (IOException e) {
            LOG.debug("no division", e);
            return false;
        }
    }

    ReplicaStatus status() throws IOException {
        RaftServer.Division division = division();
        DivisionInfo info = division.getInfo();
        ReplicaStatus.Role role = roleOf(info.getCurrentRole());
        LedgerReplica replica = replica();
        return new ReplicaStatus(
                role,
                primary().map(NodeAddress::id).orElse(null),
                info.getCurrentTerm(),
                division.getRaftLog().getLastCommittedIndex(),
                replica == null ? null : replica.appliedState());
    }

    private static ReplicaStatus.Role roleOf(@Nullable RaftPeerRole role) {
        return switch (role) {
            case LEADER -> ReplicaStatus.Role.PRIMARY;
            case FOLLOWER, LISTENER -> ReplicaStatus.Role.BACKUP;
            case CANDIDATE -> ReplicaStatus.Role.CANDIDATE;
            case UNRECOGNIZED -> ReplicaStatus.Role.UNKNOWN;
            case null -> ReplicaStatus.Role.UNKNOWN; // until Raft has started
        };
    }

    /**
     * Gives a command to the local Raft server and waits for its result.
     *
     * @param via the store node it arrived at first
     */
    Outcome submit(NodeId via, LedgerCommand command, byte[] encoded) {
        var submission = new Submission(via, command, encoded);
        Duration patience = settings.commitTimeout();
        try {
            RaftClientReply reply = server.submitClientRequestAsync(
                            newRequest(submission, RaftClientRequest.writeRequestType()))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (reply.isSuccess()) {
                return new Outcome.Applied(submission.result().getNow(null));
            }
            return failure(submission, reply.getException());
        } catch (TimeoutException e) {
            return new Outcome.Unknown("no commit within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            return failure(submission, e.getCause());
        } catch (IOException e) {
            return failure(submission, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown("interrupted while waiting for the commit");
        }
    }

    private Outcome failure(Submission submission, @Nullable Throwable cause) {
        String reason = String.valueOf(cause == null ? null : cause.getMessage());
        if (submission.isInLog()) {
            return new Outcome.Unknown(reason);
        }
        return cause instanceof NotLeaderException && !isPrimary()
                ? new Outcome.NotPrimary(primary().orElse(null))
                : new Outcome.NotApplied(cause instanceof LeaderNotReadyException ? "the primary is new" : reason);
    }

    private RaftClientRequest newRequest(Message message, RaftClientRequest.Type type) {
        return RaftClientRequest.newBuilder()
                .setClientId(edge)
                .setServerId(server.getId())
                .setGroupId(group)
                .setCallId(calls.incrementAndGet())
                .setMessage(message)
                .setType(type)
                .build();
    }

    /**
     * Waits until this node has applied everything that was committed before the call (P2, LINEARIZABLE).
     *
     * @return whether it could be confirmed in time
     */
    boolean awaitLinearizable() throws InterruptedException {
        try {
            reads.ask().get(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("read not confirmed", e);
            return false;
        }
    }

    private CompletableFuture<Void> confirmReadIndex() {
        try {
            // Before Ratis is asked: whatever primary it finds is of this term or a later one.
            CompletableFuture<Void> nobodyLater =
                    latestTerm.confirm(division().getInfo().getCurrentTerm(), electorates());
            CompletableFuture<Void> applied = server.submitClientRequestAsync(
                            newRequest(Message.EMPTY, RaftClientRequest.readRequestType()))
                    .thenAccept(RaftNode::requireConfirmed);
            return CompletableFuture.allOf(nobodyLater, applied)
                    // Every read behind this one waits for it.
                    .orTimeout(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Who elects a primary, as far as this node knows; if others do by now, these elected them in. */
    private List<List<RaftPeerId>> electorates() throws IOException {
        RaftConfiguration members = division().getRaftConf();
        return Stream.of(members.getCurrentPeers(), members.getPreviousPeers())
                .map(peers -> peers.stream().map(RaftPeer::getId).toList())
                .filter(peers -> !peers.isEmpty())
                .toList();
    }

    private static void requireConfirmed(RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw new CompletionException(reply.getException());
        }
    }

    /** Who should lead, and how the lead gets there. */
    Leadership leadership() {
        return new Leadership(server, group);
    }

    /** As it is on disk. */
    VoteMark.Vote lastVote() throws IOException {
        RaftStorageMetadata last = division().getRaftStorage().getMetadataFile().getMetadata();
        return new VoteMark.Vote(last.getTerm(), last.getVotedFor().toString());
    }

    /** Whether Raft's last promise is on disk; if not, and it stays so, the write failed. */
    boolean isPromiseKept() throws IOException {
        return division().getInfo().getCurrentTerm() <= lastVote().term();
    }

    /** Index of an entry that is on this disk and committed, so that it is never taken back; -1 if there is none. */
    long certainlyLogged() throws IOException {
        RaftLog log = division().getRaftLog();
        return Math.min(log.getFlushIndex(), log.getLastCommittedIndex());
    }

    /** Who belongs to the group, and how that is changed. */
    Members members() {
        return new Members(server, group, peers::toRaftPeer);
    }

    /** Whether this replica's log has it as a member; until then it is filled, and has no vote (P6). */
    boolean isMember() {
        try {
            return division().getRaftConf().getPeer(server.getId()) != null;
        } catch (IOException e) {
            LOG.debug("no division", e);
            return false;
        }
    }

    /** What this replica shows the others; empty while it has nothing to show. */
    Optional<ReplicaDigest> digest(long clock, boolean fit) {
        LedgerReplica current = replica();
        if (current == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ReplicaDigest(
                    server.getId().toString(),
                    current.read(Ledger::lastRevision),
                    clock,
                    current.stateHashes(),
                    members().now(),
                    fit));
        } catch (IOException | IllegalStateException | Replica.UnavailableException e) {
            LOG.debug("nothing to show yet", e); // the second is what Ratis says while it opens its log
            return Optional.empty();
        }
    }

    void close() throws IOException {
        server.close();
    }
}
