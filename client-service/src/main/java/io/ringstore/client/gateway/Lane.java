package io.ringstore.client.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The writes on their way to one sync node: while a call is under way the next batch gathers, and nothing waits for a
 * timer.
 */
final class Lane {

    /** What one call may carry; the same limits as a batch of the ring. */
    private static final int MAX_WRITES = 1_024;

    private static final int MAX_WEIGHT = 1 << 20;

    private final int node;
    private final int maxCalls;
    private final Executor threads;
    private final Courier courier;
    private final Deque<PendingWrite> gathering = new ArrayDeque<>();
    private int calls;

    /** Brings writes to a sync node. */
    interface Courier {

        /**
         * Carries a batch and sees to what becomes of it; does not return before, and does not fail.
         *
         * @return whether the node took it; if not, what gathers here is better sent elsewhere
         */
        boolean carry(int node, List<PendingWrite> writes);

        /** Sends on, to other nodes, what gathered for one that does not work. */
        void sendOn(int node, List<PendingWrite> writes);
    }

    Lane(int node, int maxCalls, Executor threads, Courier courier) {
        this.node = node;
        this.maxCalls = maxCalls;
        this.threads = threads;
        this.courier = courier;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if no call can be made any more */
    void add(PendingWrite write) {
        synchronized (this) {
            gathering.add(write);
            if (calls == maxCalls) {
                return;
            }
            calls++;
        }
        boolean started = false;
        try {
            threads.execute(this::carryUntilEmpty);
            started = true;
        } finally {
            if (!started) {
                takeBack(write);
            }
        }
    }

    private synchronized void takeBack(PendingWrite write) {
        calls--;
        gathering.remove(write);
    }

    private void carryUntilEmpty() {
        for (List<PendingWrite> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            if (!courier.carry(node, batch)) {
                courier.sendOn(node, takeAll());
            }
        }
    }

    private synchronized List<PendingWrite> takeAll() {
        List<PendingWrite> all = List.copyOf(gathering);
        gathering.clear();
        return all;
    }

    /** Takes what has gathered, as much as fits into one call; ends this call's turn if there is nothing. */
    private synchronized List<PendingWrite> nextBatch() {
        List<PendingWrite> batch = new ArrayList<>();
        int weight = 0;
        while (!gathering.isEmpty() && batch.size() < MAX_WRITES) {
            weight += gathering.element().order.weight();
            if (weight > MAX_WEIGHT && !batch.isEmpty()) {
                break;
            }
            batch.add(gathering.remove());
        }
        if (batch.isEmpty()) {
            calls--;
        }
        return batch;
    }
}
