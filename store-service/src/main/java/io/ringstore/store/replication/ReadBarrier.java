package io.ringstore.store.replication;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent linearizable reads share one confirmation by the primary.
 *
 * <p>A read may only use a round that began after the read did; so those that come while one is under way wait
 * together for the next.
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
    synchronized CompletableFuture<Void> pass() {
        if (next == null) {
            next = new CompletableFuture<>();
        }
        CompletableFuture<Void> mine = next;
        if (!running) {
            start();
        }
        return mine;
    }

    private void start() {
        CompletableFuture<Void> waiting = next;
        if (waiting == null) {
            return;
        }
        next = null;
        running = true;
        var _ = round.get().whenComplete((_, failure) -> {
            finish();
            if (failure == null) {
                waiting.complete(null);
            } else {
                waiting.completeExceptionally(failure);
            }
        });
    }

    private synchronized void finish() {
        running = false;
        start();
    }
}
