package io.ringstore.sync.store;

import io.ringstore.api.StoreApi;
import io.ringstore.cluster.Fence;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.link.CallThreads;
import io.ringstore.link.NodeAddress;
import io.ringstore.link.PeerClients;
import io.ringstore.link.trace.Traces;
import io.ringstore.ring.RingEvent;
import io.ringstore.sync.loop.RingInbox;
import io.ringstore.sync.trace.TracedWrites;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;

/**
 * Speaks to the store: a batch to the node that {@link StoreChoice} says first, to the next one for each further attempt.
 *
 * <p>Every call runs on a thread of its own and comes back as an event, however late.
 */
public final class StoreWriter {

    private static final Logger log = LoggerFactory.getLogger(StoreWriter.class);

    private final List<StoreNode> stores;
    private final FirstStore first;
    private final RingInbox inbox;
    private final TracedWrites traced;
    private final ExecutorService calls = CallThreads.named("store-call");

    private Fence fence = Fence.NONE;
    private long fenceSince;
    private int firstChoice;
    private volatile Answered answered = new Answered(Fence.NONE, "");

    /**
     * Makes a client for each store node.
     *
     * @param choice of the node that a batch goes to first
     * @param connect how long connecting may take
     * @param answer how long an answer is waited for; longer than one attempt, because late answers count
     */
    public StoreWriter(
            List<NodeAddress> nodes,
            StoreChoice choice,
            PeerClients clients,
            RingInbox inbox,
            TracedWrites traced,
            Duration connect,
            Duration answer) {
        this(
                nodes.stream()
                        .map(node -> new StoreNode(node.id(), clients.proxy(StoreApi.class, node, connect, answer)))
                        .toList(),
                choice,
                inbox,
                traced);
    }

    /** A store node as the ring writes to it. */
    record StoreNode(String id, StoreApi api) {}

    private record Answered(Fence fence, String store) {}

    StoreWriter(List<StoreNode> stores, StoreChoice choice, RingInbox inbox, TracedWrites traced) {
        this.stores = stores;
        this.first = new FirstStore(choice, stores.stream().map(StoreNode::id).toList());
        this.inbox = inbox;
        this.traced = traced;
    }

    /** Called by the ring's loop only. */
    public void sendBatch(Batch batch, int attempt) {
        if (!batch.fence().equals(fence)) {
            fence = batch.fence();
            fenceSince = System.nanoTime();
            firstChoice = first.next();
        }
        int store = (firstChoice + attempt) % stores.size();
        calls.execute(() -> inbox.answer(tryBatch(store, batch, attempt)));
    }

    /** How long ago the latest batch was first sent; called by the ring's loop only. */
    public long microsSinceBatch() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - fenceSince);
    }

    /** The store node that answered the latest batch that was answered, if it is of this fence; null otherwise. */
    public @Nullable String answeredBy(Fence batch) {
        Answered latest = answered;
        return latest.fence().equals(batch) ? latest.store() : null;
    }

    private RingEvent tryBatch(int position, Batch batch, int attempt) {
        StoreNode store = stores.get(position);
        try (Traces.Span span = traced.storeCall(batch)) {
            RingEvent event = ask(store, batch, attempt);
            if (event instanceof RingEvent.BatchFailed) {
                first.failed(position);
                span.failed("no answer from " + store.id());
            }
            return event;
        }
    }

    private RingEvent ask(StoreNode store, Batch batch, int attempt) {
        try {
            BatchApplied applied = StoreMessages.toResult(store.api().batch(LedgerCodec.encode(batch), null));
            if (applied.results().size() == batch.entries().size()) {
                answered = new Answered(batch.fence(), store.id());
                first.answered(applied);
                return new RingEvent.BatchAnswered(batch.fence(), applied);
            }
            log.warn("the store's answer does not fit its batch fence={}", batch.fence());
            return new RingEvent.BatchFailed(batch.fence(), attempt, false);
        } catch (RestClientException failed) {
            boolean notApplied = StoreFailures.certainlyNotApplied(failed);
            log.debug("store attempt failed fence={} attempt={} notApplied={}", batch.fence(), attempt, notApplied);
            return new RingEvent.BatchFailed(batch.fence(), attempt, notApplied);
        } catch (RuntimeException senseless) {
            log.warn("the store's answer makes no sense fence={}", batch.fence(), senseless);
            return new RingEvent.BatchFailed(batch.fence(), attempt, false);
        }
    }

    public void sendClaim(Claim claim, int attempt) {
        call(
                any(),
                store -> new RingEvent.ClaimAnswered(
                        claim.claimId(), StoreMessages.toResult(store.claim(StoreMessages.toMessage(claim), null))),
                () -> new RingEvent.ClaimFailed(claim.claimId(), attempt));
    }

    /** Reads what the store has accepted last, as of now. */
    public void readView(long read) {
        call(
                any(),
                store -> new RingEvent.ViewRead(read, StoreMessages.toView(store.fence())),
                () -> new RingEvent.ViewReadFailed(read));
    }

    private StoreApi any() {
        return stores.get(ThreadLocalRandom.current().nextInt(stores.size())).api();
    }

    private interface Question {
        RingEvent ask(StoreApi store);
    }

    private void call(StoreApi store, Question question, Supplier<RingEvent> failure) {
        calls.execute(() -> {
            RingEvent answer;
            try {
                answer = question.ask(store);
            } catch (RuntimeException failed) {
                log.debug("the store did not answer", failed);
                answer = failure.get();
            }
            inbox.answer(answer);
        });
    }
}
