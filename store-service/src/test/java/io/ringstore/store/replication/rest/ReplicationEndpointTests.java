package io.ringstore.store.replication.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.link.ClusterSecret;
import io.ringstore.link.Credentials;
import io.ringstore.store.Damage;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
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
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What does not come from a peer of this group for this peer is refused without effect and counted (P10). */
class ReplicationEndpointTests {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationEndpointTests.class);
    private static final int MESSAGES = Integer.getInteger("ringstore.requests", 10_000);
    private static final RaftGroupId GROUP = RaftGroupId.valueOf(new UUID(1, 2));
    private static final long TERM = 5;
    private static final String SELF = "store-0-aa";
    private static final String PEER = "store-1-bb";

    /** What reached Raft, and what was flushed, in order. */
    private final List<String> effects = new ArrayList<>();

    private final List<Integer> counted = new ArrayList<>();
    private @Nullable IOException failure;
    private boolean room = true;
    private LifeCycle.@Nullable State state = LifeCycle.State.RUNNING;

    @Test
    void anAppendOfAPeerReachesRaft() throws Exception {
        assertThat(post("append", append(PEER, SELF, GROUP))).isEqualTo(200);
        assertThat(effects).containsExactly("appendEntries");
    }

    @Test
    void aVoteIsOnDiskBeforeItsAnswerLeaves() throws Exception {
        byte[] vote = RequestVoteRequestProto.newBuilder()
                .setServerRequest(header(PEER, SELF, GROUP))
                .build()
                .toByteArray();

        assertThat(post("vote", vote)).isEqualTo(200);
        assertThat(effects).containsExactly("requestVote", "flush");
    }

    @Test
    void anUnknownPeerIsRefused() throws Exception {
        assertRefused(403, append("store-9-cc", SELF, GROUP));
    }

    @Test
    void aMessageForAnEmptiedDisksOldIdIsRefused() throws Exception {
        assertRefused(421, append(PEER, "store-0-old", GROUP));
    }

    @Test
    void anotherGroupIsRefused() throws Exception {
        assertRefused(409, append(PEER, SELF, RaftGroupId.valueOf(new UUID(3, 4))));
    }

    @Test
    void whatIsNoMessageIsRefused() throws Exception {
        assertRefused(400, new byte[] {(byte) 0xFF, 1, 2, 3});
        assertRefused(400, new byte[0]);
        assertRefused(
                400,
                AppendEntriesRequestProto.newBuilder()
                        .setServerRequest(header(PEER, SELF, GROUP).toBuilder().clearRaftGroupId())
                        .build()
                        .toByteArray());
    }

    @Test
    void anOversizedBodyIsRefusedEvenIfItDidNotSayHowLongItIs() throws Exception {
        assertRefused(413, new byte[ReplicationServlet.MAX_BODY + 1]);
    }

    @Test
    void nothingIsTakenBeforeRaftRuns() throws Exception {
        state = null;
        assertRefused(503, append(PEER, SELF, GROUP));

        state = LifeCycle.State.STARTING;
        assertRefused(503, append(PEER, SELF, GROUP));
    }

    @Test
    void withoutRoomOnTheDiskEntriesAndSnapshotsAreRefusedButHeartbeatsAreNot() throws Exception {
        room = false;
        byte[] entries = AppendEntriesRequestProto.newBuilder()
                .setServerRequest(header(PEER, SELF, GROUP))
                .addEntries(LogEntryProto.getDefaultInstance())
                .build()
                .toByteArray();

        assertRefused(507, entries);
        assertThat(post("snapshot", good(ReplicationMessage.SNAPSHOT))).isEqualTo(507);
        assertThat(effects).isEmpty();

        assertThat(post("append", append(PEER, SELF, GROUP))).isEqualTo(200);
        room = true;
        assertThat(post("append", entries)).isEqualTo(200);
    }

    @Test
    void aPromiseThatCannotBeWrittenDownIsReportedAndNotAnswered() throws Exception {
        failure = new IOException("no space left");

        assertThat(post("append", append(PEER, SELF, GROUP))).isEqualTo(503);
        assertThat(effects).containsExactly("appendEntries", "no space left");
    }

    @Test
    void whatRaftRefusesIsNoFailureOfTheDisk() throws Exception {
        for (IOException refusal : List.of(
                new ServerNotReadyException("not yet"),
                new IOException(new IllegalStateException("entries that do not fit")),
                new ClosedByInterruptException())) {
            effects.clear();
            failure = refusal;

            assertThat(post("append", append(PEER, SELF, GROUP))).isEqualTo(503);
            assertThat(effects).as("after %s", refusal).containsExactly("appendEntries");
        }
    }

    /** {@code -Dringstore.seed=…} sends the same ones again. */
    @ParameterizedTest
    @EnumSource
    void thousandsOfDamagedOnesReachRaftWholeOrNotAtAll(ReplicationMessage message) throws Exception {
        long seed = Long.getLong("ringstore.seed", new SplittableRandom().nextLong());
        LOG.info("generated replication messages message={} seed={}", message, seed);
        var damage = new Damage(seed);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < MESSAGES; i++) {
            effects.clear();
            counted.clear();

            int status = post(message.word(), damage.to(good(message)));

            statuses.merge(status, 1, Integer::sum);
            assertThat(counted).as("seed %d, %d", seed, i).containsExactly(status);
            assertThat(effects.isEmpty())
                    .as("seed %d, %d: %d and %s", seed, i, status, effects)
                    .isEqualTo(status != 200);
        }
        assertThat(statuses.keySet())
                .as("seed %d", seed)
                .isSubsetOf(200, 400, 403, 409, 421)
                .contains(400, 403, 409, 421);
    }

    private void assertRefused(int status, byte[] body) throws Exception {
        counted.clear();
        assertThat(post("append", body)).isEqualTo(status);
        assertThat(effects).isEmpty();
        assertThat(counted).containsExactly(status);
    }

    private int post(String message, byte[] body) throws Exception {
        var transport = new RestTransport(
                new OneOtherNode(),
                new Credentials(new ClusterSecret("a secret")),
                new MessageTimeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                new Counting(),
                new Flushing());
        var servlet = new ReplicationServlet(
                new ReplicationEndpoint(() -> state == null ? null : raft(), transport), transport.observer());
        var request = new MockHttpServletRequest("POST", "/replication/" + message);
        request.setContent(body);
        var response = new MockHttpServletResponse();
        servlet.service(request, response);
        return response.getStatus();
    }

    private static byte[] good(ReplicationMessage message) {
        RaftRpcRequestProto header = header(PEER, SELF, GROUP);
        MessageLite good = switch (message) {
            case VOTE ->
                RequestVoteRequestProto.newBuilder().setServerRequest(header).build();
            case APPEND ->
                AppendEntriesRequestProto.newBuilder()
                        .setServerRequest(header)
                        .addEntries(LogEntryProto.newBuilder().setTerm(7).setIndex(8))
                        .build();
            case SNAPSHOT ->
                InstallSnapshotRequestProto.newBuilder()
                        .setServerRequest(header)
                        .build();
            case ELECTION ->
                StartLeaderElectionRequestProto.newBuilder()
                        .setServerRequest(header)
                        .build();
            case READ_INDEX ->
                ReadIndexRequestProto.newBuilder().setServerRequest(header).build();
            case TERM -> header;
        };
        return good.toByteArray();
    }

    private static byte[] append(String from, String to, RaftGroupId group) {
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(header(from, to, group))
                .build()
                .toByteArray();
    }

    private static RaftRpcRequestProto header(String from, String to, RaftGroupId group) {
        return RaftRpcRequestProto.newBuilder()
                .setRequestorId(ByteString.copyFromUtf8(from))
                .setReplyId(ByteString.copyFromUtf8(to))
                .setRaftGroupId(RaftGroupIdProto.newBuilder().setId(group.toByteString()))
                .build();
    }

    /** A Raft server that only notes that it was called. */
    private RaftServer raft() {
        return proxy(RaftServer.class, (_, method, _) -> switch (method.getName()) {
            case "getLifeCycleState" -> state;
            case "getId" -> RaftPeerId.valueOf(SELF);
            case "getGroupIds" -> List.of(GROUP);
            case "appendEntries" -> {
                effects.add("appendEntries");
                if (failure != null) {
                    throw failure;
                }
                yield AppendEntriesReplyProto.getDefaultInstance();
            }
            case "requestVote" -> noted(method, RequestVoteReplyProto.getDefaultInstance());
            case "installSnapshot" -> noted(method, InstallSnapshotReplyProto.getDefaultInstance());
            case "startLeaderElection" -> noted(method, StartLeaderElectionReplyProto.getDefaultInstance());
            case "getDivision" -> noted(method, division());
            case "readIndexAsync" ->
                CompletableFuture.completedFuture(noted(method, ReadIndexReplyProto.getDefaultInstance()));
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static RaftServer.Division division() {
        DivisionInfo info = proxy(DivisionInfo.class, (_, _, _) -> TERM);
        return proxy(RaftServer.Division.class, (_, _, _) -> info);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private <T> T noted(Method called, T answer) {
        effects.add(called.getName());
        return answer;
    }

    private static final class OneOtherNode implements PeerDirectory {
        @Override
        public Optional<URI> addressOf(RaftPeer peer) {
            return Optional.empty();
        }

        @Override
        public boolean knows(RaftPeerId peer) {
            return peer.toString().equals(PEER);
        }
    }

    private final class Flushing implements RestTransport.Flush {
        @Override
        public void vote() throws IOException {
            effects.add("flush");
        }

        @Override
        public void snapshotInstalled() {}

        @Override
        public boolean hasRoom() {
            return room;
        }

        @Override
        public void promiseFailed(IOException cause) {
            effects.add(String.valueOf(cause.getMessage()));
        }
    }

    private final class Counting implements MessageObserver {
        @Override
        public void sent(ReplicationMessage message, RaftPeerId to, long nanos, boolean answered) {}

        @Override
        public void received(ReplicationMessage message, long nanos, int status) {
            counted.add(status);
        }
    }
}
