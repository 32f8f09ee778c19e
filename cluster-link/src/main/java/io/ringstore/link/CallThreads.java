package io.ringstore.link;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for calls to other nodes. */
public final class CallThreads {

    private CallThreads() {}

    /**
     * As many as there are calls under way; few, because nodes are few and every call has a time limit.
     *
     * <p>Platform threads: one that waits for an answer is woken once, a virtual one by way of a poller and a carrier,
     * which costs more than the rest of the call (docs/PERFORMANCE.md).
     */
    public static ExecutorService named(String name) {
        return Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }
}
