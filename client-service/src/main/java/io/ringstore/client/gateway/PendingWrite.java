package io.ringstore.client.gateway;

import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One write on its way through the gateway, with what is known about its attempts. */
final class PendingWrite implements WriteUnderWay {

    /** A sync node answers at a write's deadline; its answer takes a moment to arrive. */
    private static final long GRACE_MILLIS = 500;

    private static final long NANOS_PER_MICRO = 1_000;

    final WriteOrder order;
    private final Consumer<WriteAnswer> whenEnded;
    private final CompletableFuture<WriteAnswer> answer = new CompletableFuture<>();
    private final long began = System.nanoTime();
    private final long deadline;

    private int attempts;
    private boolean atSyncNode;
    private boolean doubtful;
    private Status refusal = Status.DEADLINE;
    private @Nullable String node;
    private long since = began;
    private long queueNanos;
    private long ringNanos;

    /** @param whenEnded told once, before whoever waits is */
    PendingWrite(WriteOrder order, long patienceMillis, Consumer<WriteAnswer> whenEnded) {
        this.order = order;
        this.whenEnded = whenEnded;
        this.deadline = began + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    long millisLeft() {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    synchronized int attempts() {
        return attempts;
    }

    /** How it stands, for people who wonder. */
    synchronized WritesUnderWay.Waiting look() {
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        return new WritesUnderWay.Waiting(order.requestId(), atSyncNode ? node : null, waited, attempts);
    }

    /** What a sync node is sent; null if the write has ended, or its time is over before the attempt began. */
    synchronized @Nullable WriteMessage attempt(String at) {
        long left = millisLeft();
        if (left <= 0) {
            giveUp();
        }
        if (answer.isDone()) {
            return null;
        }
        attempts++;
        atSyncNode = true;
        node = at;
        queueNanos += lap();
        return new WriteMessage(
                order.requestId(),
                order.client(),
                order.clientTimestamp(),
                null,
                order.op(),
                order.key(),
                order.value(),
                order.contentType(),
                order.ifRevision(),
                order.ifExists(),
                left);
    }

    /** Takes note of an attempt that did not decide the write. */
    synchronized void attemptFailed(boolean mayBeApplied, Status why) {
        ringNanos += lap();
        atSyncNode = false;
        doubtful |= mayBeApplied;
        refusal = why;
    }

    synchronized void decided(WriteResult result) {
        ringNanos += lap();
        atSyncNode = false;
        finish(result);
    }

    /** Ends without a decision: unknown if any attempt is, else what the last one said (rule R10). */
    synchronized void giveUp() {
        finish(WriteResult.of(refusal));
    }

    /** The caller's time is over: a write that is at no sync node has ended, one that is there may still be decided. */
    private synchronized void expire() {
        if (!atSyncNode) {
            giveUp();
        }
    }

    @Override
    public WriteAnswer await() {
        try {
            return answer.get(Math.max(0, millisLeft()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            expire();
            return awaitGrace();
        } catch (InterruptedException stopping) {
            expire();
            Thread.currentThread().interrupt();
            return endAsItStands();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a write is answered, or not", impossible);
        }
    }

    private WriteAnswer awaitGrace() {
        try {
            return answer.get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return endAsItStands();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return endAsItStands();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a write is answered, or not", impossible);
        }
    }

    /** Nobody waits any more; of a write that is at a sync node nobody knows how it will end. */
    private synchronized WriteAnswer endAsItStands() {
        end(WriteResult.of(Status.UNKNOWN));
        return answer.join();
    }

    private long lap() {
        long now = System.nanoTime();
        long lap = now - since;
        since = now;
        return lap;
    }

    private void finish(WriteResult result) {
        end(isCertain(result.status()) ? result : WriteResult.of(Status.UNKNOWN));
    }

    private void end(WriteResult result) {
        if (!answer.isDone()) {
            WriteAnswer ended = new WriteAnswer(result, node, times(result));
            whenEnded.accept(ended);
            answer.complete(ended);
        }
    }

    /**
     * Whether this is the last word on every attempt. The store remembers what it decided under a request id, so a late
     * attempt meets the same answer; of ids that it did not accept it remembers nothing.
     */
    private boolean isCertain(Status status) {
        return switch (status) {
            case COMMITTED, TRANSACTED, PRECONDITION_FAILED, NO_SUCH_KEY, KEY_REUSED -> true;
            case UNKNOWN,
                    KEY_EXPIRED,
                    KEY_FROM_FUTURE,
                    BUSY,
                    READS_TOO_MUCH,
                    FENCED,
                    MISPLACED,
                    UNKNOWN_EPOCH,
                    QUEUE_FULL,
                    NOT_READY,
                    DEADLINE -> !doubtful;
        };
    }

    private WriteAnswer.Times times(WriteResult result) {
        long store = result.storeMicros() == null ? 0 : result.storeMicros();
        long ring = Math.max(0, ringNanos / NANOS_PER_MICRO - store);
        return new WriteAnswer.Times(queueNanos / NANOS_PER_MICRO, ring, store);
    }
}
