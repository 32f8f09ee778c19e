package io.ringstore.store.replication;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerLimits;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits the ledger to Ratis; decides nothing itself. */
final class LedgerStateMachine extends BaseStateMachine {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerStateMachine.class);
    private static final CompletableFuture<Message> NOTHING_TO_SAY = CompletableFuture.completedFuture(Message.EMPTY);

    /** More than batches of 1 MiB that are under way can weigh together: the ring has one, and stale ones are refused. */
    private static final long UNDER_WAY = 8 << 20;

    private final NodeId self;
    private final InstantSource clock;
    private final FailStop failStop;
    private final ReplicaObserver observer;
    private final ReplicationProperties settings;
    private final SnapshotStore snapshots = new SnapshotStore(this::historyFiles);
    private volatile @Nullable LedgerReplica replica;
    private @Nullable SnapshotWriter writer;
    private long appliedBytes;

    LedgerStateMachine(
            NodeId self,
            ReplicationProperties settings,
            InstantSource clock,
            ReplicaObserver observer,
            FailStop failStop) {
        this.self = self;
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
        this.failStop = failStop;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        getLifeCycle()
                .startAndTransition(
                        () -> {
                            super.initialize(server, group, storage);
                            snapshots.init(storage);
                            load();
                        },
                        IOException.class);
    }

    private void load() throws IOException {
        long begin = System.nanoTime();
        SnapshotFile newest = snapshots.newest();
        SnapshotImage image = newest == null ? null : newest.load();
        var opened = new LedgerReplica(
                snapshots.directory().resolve(SnapshotStore.HISTORY),
                settings.historySegmentSize().toBytes(),
                LedgerLimits.DEFAULT);
        opened.open(image);
        replica = opened;
        appliedBytes = 0;
        writer =
                new SnapshotWriter(snapshots, opened, settings, image == null ? -1 : image.index(), observer, failStop);
        setLastAppliedTermIndex(
                image == null ? TermIndex.INITIAL_VALUE : TermIndex.valueOf(image.term(), image.index()));
        LOG.info(
                "state opened index={} keys={} millis={}",
                image == null ? -1 : image.index(),
                opened.read(Ledger::liveKeys),
                (System.nanoTime() - begin) / 1_000_000);
    }

    /** The copy of the ledger in use, or null before the start and while a snapshot is installed. */
    @Nullable
    LedgerReplica replica() {
        return replica;
    }

    private List<Path> historyFiles() {
        LedgerReplica current = replica;
        return current == null ? List.of() : current.historyFiles();
    }

    /** The primary stamps the command (§8.5). */
    @Override
    public TransactionContext startTransaction(RaftClientRequest request) {
        if (!(request.getMessage() instanceof Submission submission)) {
            throw new IllegalArgumentException("not a submission of this process: " + request);
        }
        var entry = new EntryData(clock.millis(), self, submission.via(), room(), submission.encoded());
        return TransactionContext.newBuilder()
                .setStateMachine(this)
                .setClientRequest(request)
                .setLogData(entry.encode())
                .setStateMachineContext(submission)
                .build();
    }

    /** Told only where it may matter: an entry without it is read by builds that know of none. */
    private long room() {
        LedgerReplica current = replica;
        return current != null && current.weight() < settings.room() - UNDER_WAY ? Stamp.UNBOUNDED : settings.room();
    }

    @Override
    public TransactionContext preAppendTransaction(TransactionContext transaction) {
        if (transaction.getStateMachineContext() instanceof Submission submission) {
            submission.enterLog();
        }
        return transaction;
    }

    /** @return at once; a Throwable in here halts the process, or this replica would silently differ (P4) */
    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        try {
            apply(entry, transaction.getStateMachineContext() instanceof Submission submission ? submission : null);
        } catch (Throwable e) {
            failStop.now("applying entry " + entry.getTerm() + ":" + entry.getIndex() + " failed", e);
            throw new IllegalStateException("stopped", e);
        }
        return NOTHING_TO_SAY;
    }

    private void apply(LogEntryProto entry, @Nullable Submission submission) throws IOException {
        long start = System.nanoTime();
        EntryData data = EntryData.decode(entry.getStateMachineLogEntry().getLogData());
        LedgerCommand command = submission == null ? LedgerCodec.decodeCommand(data.command()) : submission.command();
        LedgerReplica current = replica;
        LedgerResult result =
                current == null ? null : current.apply(entry.getIndex(), data.stamp(entry.getTerm()), command);
        if (result == null) {
            return;
        }
        appliedBytes += data.command().length;
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        observer.applied(command, result, System.nanoTime() - start);
        if (submission != null) {
            observer.committed(submission.nanos());
            submission.result().complete(result);
        }
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        updateLastAppliedTermIndex(term, index);
        LedgerReplica current = replica;
        if (current != null) {
            current.pass(index);
        }
    }

    /** Only starts a snapshot, and only if one is due; the index it returns is that of one that is complete on disk. */
    @Override
    public long takeSnapshot() {
        LedgerReplica current = replica;
        SnapshotWriter currentWriter = writer;
        if (current == null || currentWriter == null) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        return currentWriter.next(getLastAppliedTermIndex(), appliedBytes);
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return snapshots.getLatestSnapshot();
    }

    @Override
    public SnapshotStore getStateMachineStorage() {
        return snapshots;
    }

    /** The files are about to be replaced by those of another node. */
    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        release();
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        getLifeCycle()
                .startAndTransition(
                        () -> {
                            snapshots.init(snapshots.directory());
                            load();
                        },
                        IOException.class);
        observer.snapshotInstalled(getLastAppliedTermIndex().getIndex());
    }

    private void release() {
        LedgerReplica current = replica;
        replica = null;
        try {
            if (writer != null) {
                writer.close();
                writer = null;
            }
            if (current != null) {
                current.close();
            }
        } catch (IOException e) {
            failStop.now("closing the history failed", e);
        }
    }

    @Override
    public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
        failStop.now("writing the replicated log failed", cause);
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        observer.leaderChanged(leader);
    }

    @Override
    public void close() {
        release();
    }

    /** Ratis asks only after it confirmed the read index; the question itself is asked elsewhere. */
    @Override
    public CompletableFuture<Message> query(Message request) {
        return NOTHING_TO_SAY;
    }
}
