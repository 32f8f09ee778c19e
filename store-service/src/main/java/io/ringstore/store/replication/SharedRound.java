package io.ringstore.store.replication;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent linearizable reads share one confirmation by the primary.
 *
 * <p>A read may only use a round that began after the read did; so those that come while one is under way wait
 * together for the next.
 *
 * <p>Ratis completes a round while it holds locks of its own, and takes them when a round begins. So nothing here runs
 * on its thread, and no lock of ours is held while it is called: either would be half of a deadlock.
 */
final class ReadBarrier {

    private final Supplier<CompletableFuture<Void>> round;
    private boolean running;
    private @Nullable CompletableFuture<Void> next;

    /** @param round confirms a read index and completes when it is applied here; never throws */
    ReadBarrier(Supplier<CompletableFuture<Void>> round) {
        this.round = round;
    }

    /** Completes when this node has applied everything that was committed before the call. */
    CompletableFuture<Void> pass() {
        CompletableFuture<Void> mine;
        synchronized (this) {
            if (next == null) {
                next = new CompletableFuture<>();
            }
            mine = next;
            if (running) {
                return mine;
            }
            running = true;
        }
        begin();
        return mine;
    }

    private void begin() {
        CompletableFuture<Void> waiting = takeNext();
        if (waiting == null) {
            return;
        }
        var _ = round.get()
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                waiting.complete(null);
                            } else {
                                waiting.completeExceptionally(failure);
                            }
                            begin();
                        },
                        Thread::startVirtualThread);
    }

    /** Those who wait for a round that has not begun; with none of them, rounds end. */
    private synchronized @Nullable CompletableFuture<Void> takeNext() {
        CompletableFuture<Void> waiting = next;
        next = null;
        running = waiting != null;
        return waiting;
    }
}
