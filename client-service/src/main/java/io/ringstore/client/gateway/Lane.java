package io.ringstore.client.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The writes on their way to one sync node: while a call is under way the next batch gathers. After one that carried many, the
 * next waits a moment for those who come back, as clients do that write again and again: one call of all costs the ring and the
 * store little more than one of half of them.
 */
final class Lane {

    /** What one call may carry; the same limits as a batch of the ring. */
    private static final int MAX_WRITES = 1_024;

    private static final int MAX_WEIGHT = 1 << 20;

    /** Writes, below which nobody waits for anybody: alone or by few, a write is as fast as it can be. */
    private static final int MANY = 8;

    private static final long LONGEST_MOMENT = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int NOBODY = Integer.MAX_VALUE;

    private final int node;
    private final int maxCalls;
    private final Executor threads;
    private final Courier courier;
    private final LongSupplier nanoTime;
    private final Deque<PendingWrite> gathering = new ArrayDeque<>();
    private int calls;
    private int expected = NOBODY;

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

    /** @param nanoTime as {@link System#nanoTime} */
    Lane(int node, int maxCalls, Executor threads, Courier courier, LongSupplier nanoTime) {
        this.node = node;
        this.maxCalls = maxCalls;
        this.threads = threads;
        this.courier = courier;
        this.nanoTime = nanoTime;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if no call can be made any more */
    void add(PendingWrite write) {
        synchronized (this) {
            gathering.add(write);
            if (gathering.size() >= expected) {
                notifyAll();
            }
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
            long began = nanoTime.getAsLong();
            if (courier.carry(node, batch)) {
                awaitReturn(batch.size(), Math.min(LONGEST_MOMENT, (nanoTime.getAsLong() - began) / 2));
            } else {
                courier.sendOn(node, takeAll());
            }
        }
    }

    /** Until as many have gathered as were just answered and gathered before, or the moment is over. */
    private synchronized void awaitReturn(int answered, long moment) {
        int all = Math.min(MAX_WRITES, gathering.size() + answered);
        if (all < MANY) {
            return;
        }
        expected = all;
        long until = nanoTime.getAsLong() + moment;
        try {
            for (long left = moment; gathering.size() < all && left > 0; left = until - nanoTime.getAsLong()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            expected = NOBODY;
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
