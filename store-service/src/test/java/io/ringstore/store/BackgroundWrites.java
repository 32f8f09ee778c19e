package io.ringstore.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Writes one after the other at one node while the test does something else. */
final class BackgroundWrites implements AutoCloseable {

    private final AtomicInteger acknowledged = new AtomicInteger();
    private final CompletableFuture<Void> writer;
    private volatile boolean enough;

    BackgroundWrites(RingOfOne ring, int index) {
        // Not on the common pool: with few cores it has one thread, and ending a process needs that too.
        this.writer = CompletableFuture.runAsync(
                () -> {
                    while (!enough) {
                        ring.write(index, "key-" + acknowledged.get() % 100, "x".repeat(200));
                        acknowledged.incrementAndGet();
                    }
                },
                Thread::startVirtualThread);
    }

    /** Waits until so many more writes were acknowledged: the cluster serves. */
    void awaitMore(int count) {
        int goal = acknowledged.get() + count;
        Awaitility.await(count + " more acknowledged writes")
                .atMost(StoreCluster.PATIENCE)
                .until(() -> writer.isDone() || acknowledged.get() >= goal);
    }

    /** Waits until nothing was acknowledged for half a second. */
    void awaitSilence() {
        var before = new AtomicInteger(-1);
        Awaitility.await("no write is acknowledged")
                .pollInterval(Duration.ofMillis(500))
                .until(() -> before.getAndSet(acknowledged.get()) == acknowledged.get());
    }

    /** Ends after the write that is under way; fails if one was never acknowledged. */
    @Override
    public void close() {
        enough = true;
        writer.orTimeout(StoreCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
