package io.ringstore.store.replication;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;

/**
 * Writes snapshots beside the thread that applies, so that writes stop only for as long as the picture takes (P7).
 *
 * <p>One at a time. A failed write halts the node: a flush that failed is never tried again (P4).
 */
final class SnapshotWriter {

    private final SnapshotStore store;
    private final LedgerReplica replica;
    private final ReplicaObserver observer;
    private final FailStop failStop;
    private @Nullable CompletableFuture<Long> running;

    SnapshotWriter(SnapshotStore store, LedgerReplica replica, ReplicaObserver observer, FailStop failStop) {
        this.store = store;
        this.replica = replica;
        this.observer = observer;
        this.failStop = failStop;
    }

    /**
     * Called by the applying thread whenever a snapshot is due.
     *
     * @return the index of the snapshot that was completed since the last call, or -1
     */
    synchronized long next(TermIndex at) {
        if (running == null) {
            running = start(at);
        }
        if (!running.isDone()) {
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
