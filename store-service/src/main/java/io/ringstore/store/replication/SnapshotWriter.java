package io.ringstore.store.replication;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;

/**
 * Writes snapshots beside the thread that applies, so that writes stop only for as long as the picture takes (P7).
 *
 * <p>One is due after so many entries, or so many bytes of them, whichever comes first: both bound the replicated log.
 * One at a time. A failed write halts the node: a flush that failed is never tried again (P4).
 */
final class SnapshotWriter {

    private final SnapshotStore store;
    private final LedgerReplica replica;
    private final ReplicaObserver observer;
    private final FailStop failStop;
    private final long everyEntries;
    private final long everyBytes;
    private @Nullable CompletableFuture<Long> running;
    private long lastIndex;
    private long lastBytes;

    /** @param lastIndex of the snapshot that the replica was opened from, -1 if none */
    SnapshotWriter(
            SnapshotStore store,
            LedgerReplica replica,
            ReplicationProperties settings,
            long lastIndex,
            ReplicaObserver observer,
            FailStop failStop) {
        this.store = store;
        this.everyEntries = settings.snapshotAfter();
        this.everyBytes = settings.snapshotAfterSize().toBytes();
        this.lastIndex = lastIndex;
        this.replica = replica;
        this.observer = observer;
        this.failStop = failStop;
    }

    /**
     * Called by the applying thread after some entries; decides whether a snapshot is due.
     *
     * @param appliedBytes of all entries that were applied since the replica was opened
     * @return the index of the snapshot that was completed since the last call, or -1
     */
    synchronized long next(TermIndex at, long appliedBytes) {
        boolean due = at.getIndex() - lastIndex >= everyEntries || appliedBytes - lastBytes >= everyBytes;
        if (running == null && due) {
            running = start(at);
            lastIndex = at.getIndex();
            lastBytes = appliedBytes;
        }
        if (running == null || !running.isDone()) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        long completed = running.join();
        running = null;
        return completed;
    }

    private CompletableFuture<Long> start(TermIndex at) {
        long begin = System.nanoTime();
        SnapshotImage image = replica.picture(at);
        long pause = System.nanoTime() - begin;
        if (image == null) {
            return CompletableFuture.completedFuture(RaftLog.INVALID_LOG_INDEX);
        }
        var written = new CompletableFuture<Long>();
        Thread.ofPlatform().name("snapshot-" + at.getIndex()).daemon().start(() -> {
            try {
                replica.forceHistory();
                store.write(image);
                replica.letHistoryGo(image);
                observer.snapshotTaken(at.getIndex(), pause, System.nanoTime() - begin);
                written.complete(at.getIndex());
            } catch (Throwable e) {
                failStop.now("writing snapshot " + at + " failed", e);
                written.complete(RaftLog.INVALID_LOG_INDEX);
            }
        });
        return written;
    }

    /** Waits for the snapshot that is being written, if any. */
    synchronized void close() throws IOException {
        if (running != null) {
            running.join();
            running = null;
        }
    }
}
