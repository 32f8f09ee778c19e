package io.ringstore.store.replication.rest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexReplyProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.RaftException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/** Takes messages of other store nodes to the local Raft server, or refuses them without effect (P10). */
public final class ReplicationEndpoint {

    /** Of the UUID that names a group. */
    private static final int GROUP_ID_LENGTH = 16;

    private static final Duration REFUSE_AFTER = Duration.ofMillis(100);

    private final Supplier<@Nullable RaftServer> server;
    private final PeerDirectory directory;
    private final RestTransport.Flush flush;
    private final MessageTimeouts timeouts;
    private final MessageFaults faults;

    /** @param server gives null while Raft is not running */
    public ReplicationEndpoint(Supplier<@Nullable RaftServer> server, RestTransport transport) {
        this.server = server;
        this.directory = transport.directory();
        this.timeouts = transport.timeouts();
        this.flush = transport.flush();
        this.faults = new MessageFaults(transport);
    }

    byte[] answer(ReplicationMessage message, byte[] body) throws IOException {
        RaftServer raft = server.get();
        // While it starts, Ratis would take the message and trip over a log that is not open yet.
        if (raft == null || raft.getLifeCycleState() != LifeCycle.State.RUNNING) {
            throw new RefusedException(503, "replication is not running");
        }
        return dispatch(raft, message, body).toByteArray();
    }

    private MessageLite dispatch(RaftServer raft, ReplicationMessage message, byte[] body) throws IOException {
        return switch (message) {
            case VOTE -> {
                var request = parse(() -> RequestVoteRequestProto.parseFrom(body));
                admit(raft, request.getServerRequest());
                MessageLite answer = promising(() -> raft.requestVote(request));
                flush.vote();
                yield answer;
            }
            case APPEND -> {
                var request = parse(() -> AppendEntriesRequestProto.parseFrom(body));
                admit(raft, request.getServerRequest());
                if (request.getEntriesCount() > 0) {
                    requireRoom();
                }
                MessageLite answer = promising(() -> raft.appendEntries(request));
                faults.beforeAck(request);
                yield answer;
            }
            case SNAPSHOT -> {
                var request = parse(() -> InstallSnapshotRequestProto.parseFrom(body));
                admit(raft, request.getServerRequest());
                requireRoom();
                MessageLite answer = promising(() -> raft.installSnapshot(request));
                if (request.getSnapshotChunk().getDone()) {
                    flush.snapshotInstalled();
                }
                yield answer;
            }
            case ELECTION -> {
                var request = parse(() -> StartLeaderElectionRequestProto.parseFrom(body));
                admit(raft, request.getServerRequest());
                yield raft.startLeaderElection(request);
            }
            case READ_INDEX -> {
                var request = parse(() -> ReadIndexRequestProto.parseFrom(body));
                admit(raft, request.getServerRequest());
                yield readIndex(raft, request);
            }
            case TERM -> {
                var header = parse(() -> RaftRpcRequestProto.parseFrom(body));
                yield termOf(raft, admit(raft, header));
            }
        };
    }

    private interface Promising {
        MessageLite answer() throws IOException;
    }

    private MessageLite promising(Promising call) throws IOException {
        try {
            return call.answer();
        } catch (IOException e) {
            if (isOfDisk(e)) {
                flush.promiseFailed(e);
            }
            throw e;
        }
    }

    /** Raft says in exceptions of its own why it does not answer, and wraps what it tripped over; others are its disk's. */
    private static boolean isOfDisk(IOException e) {
        boolean wrapped = e.getCause() != null && !(e.getCause() instanceof IOException);
        boolean interrupted = e instanceof InterruptedIOException || e instanceof ClosedByInterruptException;
        return !(e instanceof RaftException) && !wrapped && !interrupted;
    }

    /** Refuses slowly, because the primary asks again at once. */
    private void requireRoom() throws RefusedException {
        if (!flush.hasRoom()) {
            LockSupport.parkNanos(REFUSE_AFTER.toNanos());
            throw new RefusedException(507, "the disk of this node is nearly full");
        }
    }

    private ReadIndexReplyProto readIndex(RaftServer raft, ReadIndexRequestProto request) throws IOException {
        try {
            return raft.readIndexAsync(request).get(timeouts.vote().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RefusedException(503, "leadership could not be confirmed in time");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** There is no message of Ratis that says this and nothing else; the answer to a vote says it too. */
    private static RequestVoteReplyProto termOf(RaftServer raft, RaftGroupId group) throws IOException {
        long term = raft.getDivision(group).getInfo().getCurrentTerm();
        return RequestVoteReplyProto.newBuilder().setTerm(term).build();
    }

    private RaftGroupId admit(RaftServer raft, RaftRpcRequestProto header) throws IOException {
        if (header.getRequestorId().isEmpty() || header.getReplyId().isEmpty()) {
            throw new RefusedException(400, "malformed: it does not say from whom or to whom");
        }
        if (header.getRaftGroupId().getId().size() != GROUP_ID_LENGTH) {
            throw new RefusedException(400, "malformed: no group");
        }
        RaftPeerId from = RaftPeerId.valueOf(header.getRequestorId());
        if (!directory.knows(from)) {
            throw new RefusedException(403, "no such peer: " + from);
        }
        RaftPeerId to = RaftPeerId.valueOf(header.getReplyId());
        if (!to.equals(raft.getId())) {
            throw new RefusedException(421, "this is " + raft.getId() + ", not " + to);
        }
        RaftGroupId group = RaftGroupId.valueOf(header.getRaftGroupId().getId());
        for (RaftGroupId known : raft.getGroupIds()) {
            if (known.equals(group)) {
                return group;
            }
        }
        throw new RefusedException(409, "another group: " + group);
    }

    private interface Parsing<T> {
        T parse() throws InvalidProtocolBufferException;
    }

    private static <T> T parse(Parsing<T> parsing) throws RefusedException {
        try {
            return parsing.parse();
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedException(400, "malformed: " + e.getMessage());
        }
    }
}
