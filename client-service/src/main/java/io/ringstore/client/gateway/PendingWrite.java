package io.ringstore.client.gateway;

import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One write on its way through the gateway, with what is known about its attempts. */
final class PendingWrite {

    final WriteOrder order;
    final CompletableFuture<WriteAnswer> answer = new CompletableFuture<>();
    private final long deadline;

    private int attempts;
    private boolean doubtful;
    private long queuedAt = System.nanoTime();
    private long queueNanos;
    private long ringNanos;

    PendingWrite(WriteOrder order, long patienceMillis) {
        this.order = order;
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    long millisLeft() {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    /** What a sync node is sent; called when an attempt begins. */
    WriteMessage attempt() {
        attempts++;
        queueNanos = System.nanoTime() - queuedAt;
        return new WriteMessage(
                order.requestId(),
                order.client(),
                order.clientTimestamp(),
                null,
                order.value() == null ? "delete" : "put",
                order.key(),
                order.value(),
                order.contentType(),
                order.ifRevision(),
                order.ifExists(),
                Math.max(1, millisLeft()));
    }

    int attempts() {
        return attempts;
    }

    /** Takes note of an attempt that did not decide the write. */
    void attemptFailed(boolean mayBeApplied, long nanos) {
        doubtful |= mayBeApplied;
        ringNanos += nanos;
        queuedAt = System.nanoTime();
    }

    void decided(WriteResult result, long nanos) {
        ringNanos += nanos;
        finish(result);
    }

    /** Ends without a decision: unknown if any attempt is, else what the last one said (rule R10). */
    void giveUp(WriteResult.Status lastRefusal) {
        finish(WriteResult.of(doubtful ? WriteResult.Status.UNKNOWN : lastRefusal));
    }

    private void finish(WriteResult result) {
        boolean refusedButDoubtful = doubtful && result.status() == WriteResult.Status.KEY_EXPIRED;
        answer.complete(new WriteAnswer(
                refusedButDoubtful ? WriteResult.of(WriteResult.Status.UNKNOWN) : result,
                attempts,
                TimeUnit.NANOSECONDS.toMillis(queueNanos),
                TimeUnit.NANOSECONDS.toMillis(ringNanos)));
    }
}
