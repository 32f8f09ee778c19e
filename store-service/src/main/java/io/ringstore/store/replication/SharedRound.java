package io.ringstore.store.replication;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who ask the same at the same time share one answer.
 *
 * <p>An answer may only be used by whoever asked before the round for it began; so those who ask while one is under way
 * wait together for the next.
 *
 * <p>Ratis completes a round while it holds locks of its own, and takes them when a round begins. So nothing here runs
 * on its thread, and no lock of ours is held while it is called: either would be half of a deadlock.
 *
 * @param <T> the answer
 */
final class SharedRound<T> {

    private final Supplier<CompletableFuture<T>> round;
    private boolean running;
    private @Nullable CompletableFuture<T> next;

    /** @param round finds out; never throws, and always ends */
    SharedRound(Supplier<CompletableFuture<T>> round) {
        this.round = round;
    }

    /** Completes with what a round found out that began after this call. */
    CompletableFuture<T> ask() {
        CompletableFuture<T> mine;
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
        CompletableFuture<T> waiting = takeNext();
        if (waiting == null) {
            return;
        }
        var _ = round.get()
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure == null) {
                                waiting.complete(answer);
                            } else {
                                waiting.completeExceptionally(failure);
                            }
                            begin();
                        },
                        Thread::startVirtualThread);
    }

    /** Those who wait for a round that has not begun; with none of them, rounds end. */
    private synchronized @Nullable CompletableFuture<T> takeNext() {
        CompletableFuture<T> waiting = next;
        next = null;
        running = waiting != null;
        return waiting;
    }
}
