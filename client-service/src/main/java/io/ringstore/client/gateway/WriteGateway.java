package io.ringstore.client.gateway;

import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;

/**
 * Brings writes to the ring: batched per sync node, retried at the next live one under the same request id until the
 * caller's deadline.
 */
public final class WriteGateway implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WriteGateway.class);

    /** Between two rounds over all nodes, none of which could decide a write. */
    private static final long PAUSE_MILLIS = 20;

    private final List<SyncNode> nodes;
    private final SyncNodeChooser chooser;
    private final GatewayMetrics metrics;
    private final Semaphore room;
    private final List<Lane> lanes = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    WriteGateway(List<SyncNode> nodes, SyncNodeChooser chooser, GatewayProperties settings, GatewayMetrics metrics) {
        this.nodes = nodes;
        this.chooser = chooser;
        this.metrics = metrics;
        this.room = new Semaphore(settings.maxWaiting());
        for (int node = 0; node < nodes.size(); node++) {
            lanes.add(new Lane(node, settings.callsPerNode(), threads, this::carry));
        }
    }

    /**
     * Writes, and says how it ended.
     *
     * @throws TooManyWrites if as many writes as allowed are under way already
     */
    public CompletableFuture<WriteAnswer> write(WriteOrder order, long patienceMillis) {
        if (!room.tryAcquire()) {
            throw new TooManyWrites();
        }
        PendingWrite write = new PendingWrite(order, patienceMillis);
        lanes.get(chooser.first()).add(write);
        return write.answer.whenComplete((answer, _) -> {
            room.release();
            metrics.ended(answer);
        });
    }

    private void carry(int node, List<PendingWrite> writes, List<WriteMessage> messages) {
        long start = System.nanoTime();
        metrics.sent(writes.size());
        List<WriteResult> results;
        try {
            results = nodes.get(node).api().write(messages);
        } catch (RestClientException failed) {
            chooser.failed(node);
            boolean mayBeApplied = !SyncFailures.certainlyNotApplied(failed);
            log.info("sync node failed node={} mayBeApplied={}", nodes.get(node).id(), mayBeApplied);
            log.debug("sync node failed", failed);
            writes.forEach(write -> retry(write, node, mayBeApplied, Status.NOT_READY, System.nanoTime() - start));
            return;
        } catch (RuntimeException senseless) {
            log.warn(
                    "a sync node's answer makes no sense node={}",
                    nodes.get(node).id(),
                    senseless);
            writes.forEach(write -> retry(write, node, true, Status.UNKNOWN, System.nanoTime() - start));
            return;
        }
        settle(node, writes, results, System.nanoTime() - start);
    }

    private void settle(int node, List<PendingWrite> writes, List<WriteResult> results, long nanos) {
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
                case COMMITTED, PRECONDITION_FAILED, NO_SUCH_KEY, KEY_REUSED, KEY_EXPIRED, KEY_FROM_FUTURE ->
                    write.decided(result, nanos);
                case UNKNOWN -> retry(write, node, true, Status.UNKNOWN, nanos);
                case BUSY, QUEUE_FULL, NOT_READY, DEADLINE, FENCED, MISPLACED, UNKNOWN_EPOCH ->
                    retry(write, node, false, result.status(), nanos);
            }
        }
    }

    /** Once more at the next live node, unless the caller's time is over. */
    private void retry(PendingWrite write, int node, boolean mayBeApplied, Status refusal, long nanos) {
        write.attemptFailed(mayBeApplied, nanos);
        boolean roundOver = write.attempts() % nodes.size() == 0;
        long pause = roundOver ? PAUSE_MILLIS : 0;
        if (write.millisLeft() <= pause) {
            write.giveUp(refusal);
            return;
        }
        metrics.retried();
        Lane lane = lanes.get(chooser.after(node));
        if (roundOver) {
            CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, threads)
                    .execute(() -> lane.add(write));
        } else {
            lane.add(write);
        }
    }

    @Override
    public void close() {
        threads.close();
    }

    /** As many writes as allowed are under way; nothing of this one was done. */
    public static final class TooManyWrites extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyWrites() {
            super("too many writes are under way at this gateway");
        }
    }
}
