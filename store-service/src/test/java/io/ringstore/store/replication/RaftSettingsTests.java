package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import io.ringstore.store.replication.rest.ReplicationServlet;
import io.ringstore.store.replication.rest.RestRpcType;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Every line of the table of P2, as Ratis itself understands it. */
class RaftSettingsTests {

    private static final Path DATA = Path.of("data");

    private final ReplicationProperties settings = settings(Duration.ofMillis(300), Duration.ofMillis(140));
    private final RaftProperties raft = RaftSettings.of(settings, DATA.resolve("raft"));

    @Test
    void raftLivesOnTheDataVolume() {
        assertThat(RaftServerConfigKeys.storageDir(raft))
                .extracting(File::toPath)
                .containsExactly(DATA.resolve("raft").toAbsolutePath());
    }

    @Test
    void messagesAreRestAndThereIsNoDataStream() {
        assertThat(RaftConfigKeys.Rpc.type(raft, _ -> {})).isInstanceOf(RestRpcType.class);
        assertThat(RaftConfigKeys.DataStream.type(raft, _ -> {}).name()).isEqualTo("DISABLED");
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsOnDisk() {
        assertThat(RaftServerConfigKeys.Log.unsafeFlushEnabled(raft)).isFalse();
        assertThat(RaftServerConfigKeys.Log.asyncFlushEnabled(raft)).isFalse();
    }

    @Test
    void commitHintsCostNoEntries() {
        assertThat(RaftServerConfigKeys.Log.logMetadataEnabled(raft)).isFalse();
    }

    @Test
    void damageIsNeverSkipped() {
        assertThat(RaftServerConfigKeys.Log.corruptionPolicy(raft))
                .isEqualTo(RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
    }

    @Test
    void oneFailedAppendDoesNotFailAllLaterOnes() {
        assertThat(RaftServerConfigKeys.Log.appendEntriesComposeEnabled(raft)).isFalse();
    }

    @Test
    void readsAskAMajorityAndTrustNoClock() {
        assertThat(RaftServerConfigKeys.Read.option(raft)).isEqualTo(RaftServerConfigKeys.Read.Option.LINEARIZABLE);
        assertThat(RaftServerConfigKeys.Read.leaderLeaseEnabled(raft)).isFalse();
    }

    @Test
    void aNodeThatWasCutOffAsksBeforeItStands() {
        assertThat(RaftServerConfigKeys.LeaderElection.preVote(raft)).isTrue();
    }

    @Test
    void aPrimaryThatLostItsMajorityStandsAgainSoon() {
        assertThat(RaftServerConfigKeys.LeaderElection.leaderStepDownWaitTime(raft))
                .isEqualTo(TimeDuration.valueOf(1, TimeUnit.SECONDS));
    }

    @Test
    void theLogIsCutBehindSnapshots() {
        assertThat(RaftServerConfigKeys.Snapshot.autoTriggerEnabled(raft)).isTrue();
        assertThat(RaftServerConfigKeys.Snapshot.autoTriggerThreshold(raft)).isLessThan(settings.snapshotAfter());
        assertThat(RaftServerConfigKeys.Log.purgeGap(raft)).isEqualTo(1);
        assertThat(RaftServerConfigKeys.Log.purgeUptoSnapshotIndex(raft)).isTrue();
    }

    @Test
    void logFilesArePreallocatedAndFewAreCached() {
        assertThat(RaftServerConfigKeys.Log.segmentSizeMax(raft).getSize()).isBetween(8L << 20, 32L << 20);
        assertThat(RaftServerConfigKeys.Log.preallocatedSize(raft)).isEqualTo(SizeInBytes.valueOf("4MB"));
        assertThat(RaftServerConfigKeys.Log.segmentCacheNumMax(raft)).isEqualTo(2);
    }

    @Test
    void silenceIsBelievedAfter300To600Milliseconds() {
        assertThat(RaftServerConfigKeys.Rpc.timeoutMin(raft).toLong(TimeUnit.MILLISECONDS))
                .isEqualTo(300);
        assertThat(RaftServerConfigKeys.Rpc.timeoutMax(raft).toLong(TimeUnit.MILLISECONDS))
                .isEqualTo(600);
    }

    @Test
    void anAppendMayNotTakeHalfTheShortestElectionTimeout() {
        assertThatThrownBy(() -> settings(Duration.ofMillis(300), Duration.ofMillis(151)))
                .hasMessageContaining("append-timeout");
    }

    @Test
    void theFirstNodeIsThePreferredPrimary() {
        List<NodeAddress> nodes = List.of(address("store-0"), address("store-1"), address("store-2"));
        var peers = new StorePeers(
                new ClusterProperties("c", "store-0", "a secret of 16 and more", List.of(address("sync-0")), nodes));

        assertThat(peers.founder("store-0-1f").priority())
                .isGreaterThan(peers.founder("store-1-2e").priority())
                .isGreaterThan(peers.founder("store-2-3d").priority());
    }

    @Test
    void pendingWritesAreBoundedAndEveryMessageFitsTheGuardedEdge() {
        long guard = ReplicationServlet.MAX_BODY;

        assertThat(RaftServerConfigKeys.Write.elementLimit(raft)).isEqualTo(1_024);
        assertThat(RaftServerConfigKeys.Write.byteLimit(raft)).isEqualTo(SizeInBytes.valueOf("32MB"));
        assertThat(RaftServerConfigKeys.Log.Appender.bufferByteLimit(raft).getSize())
                .isBetween((long) RaftSettings.MAX_ENTRY, guard - 1);
        assertThat(RaftServerConfigKeys.Log.Appender.snapshotChunkSizeMax(raft).getSize())
                .isLessThan(guard);
    }

    private static ReplicationProperties settings(Duration electionMin, Duration append) {
        return new ReplicationProperties(
                DATA,
                electionMin,
                Duration.ofMillis(600),
                append,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                100_000,
                DataSize.ofMegabytes(128),
                1_000_000,
                Duration.ofDays(7),
                DataSize.ofGigabytes(4),
                Duration.ofSeconds(10),
                DataSize.ofMegabytes(16),
                DataSize.ofMegabytes(64),
                DataSize.ofMegabytes(64),
                null,
                true);
    }

    private static NodeAddress address(String node) {
        return new NodeAddress(node, URI.create("http://" + node + ":8200"));
    }
}
