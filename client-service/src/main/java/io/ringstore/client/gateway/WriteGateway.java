package io.ringstore.client.gateway;

import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.link.CallThreads;
import io.ringstore.link.trace.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Brings writes to the ring: batched per sync node, retried at the next live one under the same request id until the
 * caller's deadline.
 */
public final class WriteGateway implements AutoCloseable {

    /** Between two rounds over all nodes, none of which could decide a write. */
    private static final long PAUSE_MILLIS = 20;

    private final List<SyncNode> nodes;
    private final SyncNodeChooser chooser;
    private final GatewayMetrics metrics;
    private final Admission admission;
    private final List<Lane> lanes = new ArrayList<>();
    private final ExecutorService threads = CallThreads.named("sync-call");
    private final SyncCalls calls;
    private final Traces traces;

    WriteGateway(
            List<SyncNode> nodes,
            SyncNodeChooser chooser,
            GatewayProperties settings,
            GatewayMetrics metrics,
            Traces traces) {
        this.nodes = nodes;
        this.chooser = chooser;
        this.metrics = metrics;
        this.traces = traces;
        this.admission = new Admission(settings.maxWaiting(), settings.maxWaitingBytes());
        this.calls = new SyncCalls(threads, settings.silence(), traces);
        Lane.Courier courier = new Lane.Courier() {
            @Override
            public boolean carry(int node, List<PendingWrite> writes) {
                return WriteGateway.this.carry(node, writes);
            }

            @Override
            public void sendOn(int node, List<PendingWrite> writes) {
                writes.forEach(write -> send(write, chooser.after(node)));
            }
        };
        for (int node = 0; node < nodes.size(); node++) {
            lanes.add(new Lane(node, settings.callsPerNode(), threads, courier, System::nanoTime));
        }
    }

    /**
     * Sends a write on its way.
     *
     * @throws NotAdmitted if it was not even begun
     */
    public WriteUnderWay write(WriteOrder order, long patienceMillis) {
        return begin(order, patienceMillis, chooser::first);
    }

    /**
     * Sends a write on its way through one sync node, or the next one that works; as {@link #write} otherwise.
     *
     * @param node counted from 0, and round the ring again
     */
    public WriteUnderWay writeAt(int node, WriteOrder order, long patienceMillis) {
        return begin(order, patienceMillis, () -> chooser.from(node));
    }

    private WriteUnderWay begin(WriteOrder order, long patienceMillis, IntSupplier first) {
        long began = System.nanoTime();
        PendingWrite write = new PendingWrite(order, traces.here(), patienceMillis, answer -> {
            admission.leave(order);
            metrics.ended(answer, System.nanoTime() - began);
        });
        admit(write);
        metrics.begun();
        send(write, first.getAsInt());
        return write;
    }

    /**
     * Refuses early what would be refused in the end, so that it costs next to nothing.
     *
     * @throws NotAdmitted if as many writes are under way as may be
     */
    public void requireRoom() {
        if (admission.isFull()) {
            metrics.refused(NotAdmitted.Reason.FULL);
            throw new NotAdmitted(NotAdmitted.Reason.FULL);
        }
    }

    /** What is under way, with those that have waited longest. */
    public WritesUnderWay underWay(int most) {
        return admission.look(most);
    }

    private void admit(PendingWrite write) {
        try {
            admission.admit(write);
        } catch (NotAdmitted refusal) {
            metrics.refused(refusal.reason());
            throw refusal;
        }
    }

    private void send(PendingWrite write, int node) {
        try {
            lanes.get(node).add(write);
        } catch (RejectedExecutionException stopping) {
            write.giveUp();
        }
    }

    private boolean carry(int node, List<PendingWrite> gathered) {
        String name = nodes.get(node).id();
        List<PendingWrite> writes = new ArrayList<>(gathered.size());
        List<WriteMessage> messages = new ArrayList<>(gathered.size());
        for (PendingWrite write : gathered) {
            WriteMessage message = write.attempt(name);
            if (message != null) {
                writes.add(write);
                messages.add(message);
            }
        }
        if (writes.isEmpty()) {
            return true;
        }
        metrics.sent(writes.size());
        return switch (call(nodes.get(node), writes, messages)) {
            case SyncCalls.Answered(List<WriteResult> results) -> settle(node, writes, results);
            case SyncCalls.Failed(boolean mayBeApplied) -> {
                chooser.failed(node);
                writes.forEach(write -> retry(write, node, mayBeApplied, Status.NOT_READY));
                yield false;
            }
        };
    }

    private SyncCalls.Outcome call(SyncNode node, List<PendingWrite> writes, List<WriteMessage> messages) {
        try (Traces.Span span = traces.call("sync batch", writes, write -> write.place)) {
            SyncCalls.Outcome outcome = calls.write(node, messages);
            if (outcome instanceof SyncCalls.Failed) {
                span.failed("no answer from " + node.id());
            }
            return outcome;
        }
    }

    private boolean settle(int node, List<PendingWrite> writes, List<WriteResult> results) {
        boolean ready = results.stream().noneMatch(result -> result.status() == Status.NOT_READY);
        if (ready) {
            chooser.worked(node);
        } else {
            chooser.failed(node);
        }
        for (int i = 0; i < writes.size(); i++) {
            PendingWrite write = writes.get(i);
            WriteResult result = results.get(i);
            switch (result.status()) {
                case COMMITTED,
                        TRANSACTED,
                        PRECONDITION_FAILED,
                        NO_SUCH_KEY,
                        KEY_REUSED,
                        KEY_EXPIRED,
                        KEY_FROM_FUTURE,
                        READS_TOO_MUCH,
                        FULL -> write.decided(result);
                case UNKNOWN -> retry(write, node, true, Status.UNKNOWN);
                case BUSY, QUEUE_FULL, NOT_READY, DEADLINE, FENCED, MISPLACED, UNKNOWN_EPOCH ->
                    retry(write, node, false, result.status());
            }
        }
        return ready;
    }

    /** Once more at the next live node, unless the caller's time is over. */
    private void retry(PendingWrite write, int node, boolean mayBeApplied, Status refusal) {
        write.attemptFailed(mayBeApplied, refusal);
        boolean roundOver = write.attempts() % nodes.size() == 0;
        long pause = roundOver ? PAUSE_MILLIS : 0;
        if (write.millisLeft() <= pause) {
            write.giveUp();
            return;
        }
        metrics.retried();
        int next = chooser.after(node);
        if (roundOver) {
            CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> send(write, next));
        } else {
            send(write, next);
        }
    }

    /** Lets the calls under way end; what would need another one is given up, as what is known about it says. */
    @Override
    public void close() {
        threads.close();
    }
}
