package io.ringstore.store.replication;

import io.ringstore.store.history.Disk;
import io.ringstore.store.replication.rest.RestTransport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Flushes what Ratis does not: the name of the file that holds its vote, and an installed snapshot.
 *
 * <p>A flush that failed is never tried again (P4): the kernel may have forgotten what it could not write.
 */
record LifecycleFlush(ReplicaLifecycle lifecycle, Fitness fitness, FailStop failStop) implements RestTransport.Flush {

    private static final Duration APPENDED_WITHIN = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofNanos(100_000);

    /** Ratis interrupts those who ask for votes once it knows enough; an interrupt would close the channel in use. */
    private static final Executor THREADS = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("flush-", 0).factory());

    @Override
    public void vote() throws IOException {
        flush(node -> {
            Disk.forceDirectory(node.metadataDirectory());
            lifecycle.markVote(node);
        });
    }

    @Override
    public void snapshotInstalled() throws IOException {
        flush(node -> {
            Disk.forceTree(node.stateDirectory());
            Disk.forceDirectory(node.groupDirectory());
        });
    }

    @Override
    public boolean hasRoom() {
        return fitness.hasRoom();
    }

    @Override
    public void promiseFailed(IOException cause) {
        if (lifecycle.isRunning()) {
            failStop.now("writing down a promise failed", cause);
        }
    }

    @Override
    public void appended(long index) throws IOException {
        long until = System.nanoTime() + APPENDED_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            Optional<RaftNode> node = lifecycle.node();
            if (node.isEmpty() || node.get().division().getRaftLog().getFlushIndex() >= index) {
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private interface Flushing {
        void of(RaftNode node) throws IOException;
    }

    private void flush(Flushing flushing) throws IOException {
        Optional<RaftNode> node = lifecycle.node();
        if (node.isEmpty()) {
            return;
        }
        try {
            CompletableFuture.runAsync(() -> force(flushing, node.get()), THREADS)
                    .get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted before a flush was done").initCause(e);
        }
    }

    private void force(Flushing flushing, RaftNode node) {
        try {
            flushing.of(node);
        } catch (IOException e) {
            failStop.now("a flush failed", e);
            throw new UncheckedIOException(e);
        }
    }
}
