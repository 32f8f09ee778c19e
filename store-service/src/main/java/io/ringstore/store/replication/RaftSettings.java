package io.ringstore.store.replication;

import io.ringstore.store.replication.rest.RestRpcType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Every setting of Ratis that we do not leave alone, with its reason (P2). */
final class RaftSettings {

    /** An entry that fits is a batch of 1 MiB (P11) whose encoding grew by half. */
    static final int MAX_ENTRY = 3 << 19;

    /** Entries that are too few to be worth a snapshot, however large they are. */
    private static final long ASK_AFTER = 64;

    private RaftSettings() {}

    static RaftProperties of(ReplicationProperties settings, Path raftDirectory) {
        var raft = new RaftProperties();
        RaftConfigKeys.Rpc.setType(raft, new RestRpcType()); // P1
        storage(raft, settings, raftDirectory);
        durability(raft);
        elections(raft, settings);
        membership(raft);
        reads(raft, settings);
        snapshots(raft, settings);
        bounds(raft);
        return raft;
    }

    private static void storage(RaftProperties raft, ReplicationProperties settings, Path raftDirectory) {
        // The default is a temporary directory.
        RaftServerConfigKeys.setStorageDir(raft, List.of(raftDirectory.toFile()));
        // Flushing a preallocated file costs half of flushing one that grows.
        RaftServerConfigKeys.Log.setPreallocatedSize(raft, SizeInBytes.valueOf("4MB"));
        RaftServerConfigKeys.Log.setSegmentSizeMax(
                raft, SizeInBytes.valueOf(settings.segmentSize().toBytes()));
        // Six cached segments, the default, can be more than a small heap.
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(raft, 2);
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(raft, SizeInBytes.valueOf("32MB"));
        // It need only hold the largest entry; it is allocated once for each segment that is open.
        RaftServerConfigKeys.Log.setWriteBufferSize(raft, SizeInBytes.valueOf("4MB"));
    }

    private static void durability(RaftProperties raft) {
        // Both acknowledge before the data is on disk.
        RaftServerConfigKeys.Log.setUnsafeFlushEnabled(raft, false);
        RaftServerConfigKeys.Log.setAsyncFlushEnabled(raft, false);
        // Saves an entry and a flush for each commit; it is only a hint.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(raft, false);
        // WARN_AND_RETURN silently drops every entry after the damage.
        RaftServerConfigKeys.Log.setCorruptionPolicy(raft, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
        // It chains a backup's appends on one future for ever: one that fails fails all that follow, until a restart.
        RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(raft, false);
    }

    private static void elections(RaftProperties raft, ReplicationProperties settings) {
        // 150/300 is near a GC pause, 500/1,000 too slow for the recovery goal.
        RaftServerConfigKeys.Rpc.setTimeoutMin(raft, time(settings.electionMin()));
        RaftServerConfigKeys.Rpc.setTimeoutMax(raft, time(settings.electionMax()));
        // A node that was cut off does not depose a working primary when it comes back.
        RaftServerConfigKeys.LeaderElection.setPreVote(raft, true);
        // The default of 10 s keeps a primary that lost its majority from standing again for that long.
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(raft, TimeDuration.valueOf(1, TimeUnit.SECONDS));
    }

    private static void membership(RaftProperties raft) {
        // A new member is given up after this silence; the default is shorter than loading a large snapshot takes.
        RaftServerConfigKeys.setStagingTimeout(raft, TimeDuration.valueOf(15, TimeUnit.SECONDS));
    }

    private static void reads(RaftProperties raft, ReplicationProperties settings) {
        // DEFAULT asks nobody; a lease trusts clocks; the heartbeat check asks once for each index, so LatestTerm asks.
        RaftServerConfigKeys.Read.setOption(raft, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
        RaftServerConfigKeys.Read.setLeaderLeaseEnabled(raft, false);
        RaftServerConfigKeys.Read.setLeaderHeartbeatCheckEnabled(raft, false);
        RaftServerConfigKeys.Read.setTimeout(raft, time(settings.readTimeout()));
    }

    private static void snapshots(RaftProperties raft, ReplicationProperties settings) {
        // Both default to false: the log would grow for ever.
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(raft, true);
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(raft, true);
        // From then on Ratis asks for a snapshot after each entry; whether one is due we decide, by entries and bytes.
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(raft, Math.min(ASK_AFTER, settings.snapshotAfter()));
        // The default of 1,024 entries behind a snapshot can be a gigabyte.
        RaftServerConfigKeys.Log.setPurgeGap(raft, 1);
        // Ratis calls for one on its way out, but ours are written in the background; the log is replayed instead.
        RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(raft, false);
        // The default keeps all of them.
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(raft, 2);
        // A chunk must pass the guard's bound for bodies.
        RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(raft, SizeInBytes.valueOf("1MB"));
    }

    private static void bounds(RaftProperties raft) {
        // An append must pass the guard's bound for bodies, and hold at least the largest entry.
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(raft, SizeInBytes.valueOf(MAX_ENTRY + (1 << 16)));
        RaftServerConfigKeys.Log.Appender.setBufferElementLimit(raft, 1024);
        // P11: beyond them writes are refused, definite.
        RaftServerConfigKeys.Write.setElementLimit(raft, 1024);
        RaftServerConfigKeys.Write.setByteLimit(raft, SizeInBytes.valueOf("32MB"));
        // Exactly once is ours (P8); each of our requests has a call id of its own, so the cache only takes memory.
        RaftServerConfigKeys.RetryCache.setExpiryTime(raft, TimeDuration.valueOf(5, TimeUnit.SECONDS));
    }

    private static TimeDuration time(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
