package io.ringstore.client.web;

import io.ringstore.api.WriteResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Every way in which a request can end badly, with the words of api.md. */
final class Problems {

    private static final Duration SOON = Duration.ofSeconds(1);

    private Problems() {}

    static Problem badRequest(String detail) {
        return Problem.notApplied(400, "bad-request", "Bad request", detail);
    }

    static Problem tooLarge(long limit) {
        return Problem.notApplied(413, "value-too-large", "Value too large", "A value has at most " + limit + " bytes.")
                .with("limit", limit);
    }

    static Problem noSuchKey(String key) {
        return Problem.of(404, "no-such-key", "No such key", "There is no key " + key + ".");
    }

    static Problem noSuchRequest(String requestId) {
        return Problem.of(
                404,
                "no-such-request",
                "No such request",
                "The store does not know " + requestId + ": it was not applied, or is too old to be remembered.");
    }

    static Problem tooManyWrites(@Nullable String requestId) {
        return Problem.notApplied(429, "too-many-writes", "Too many writes", "The queue is full.")
                .forRequest(requestId)
                .retryAfter(SOON);
    }

    static Problem storeUnavailable() {
        return Problem.of(503, "store-unavailable", "Store unavailable", "No store node answered in time.")
                .retryAfter(SOON);
    }

    /** What a write that was not committed is answered; the status must not be COMMITTED. */
    static Problem ofWrite(WriteResult result, String requestId, String key) {
        return switch (result.status()) {
            case PRECONDITION_FAILED -> preconditionFailed(result);
            case NO_SUCH_KEY -> noSuchKey(key).with(Problem.Outcome.NOT_APPLIED);
            case KEY_REUSED ->
                Problem.notApplied(
                        422,
                        "idempotency-key-reused",
                        "Idempotency key reused",
                        "This idempotency key was used with another payload.");
            case KEY_EXPIRED ->
                Problem.notApplied(
                        410,
                        "idempotency-key-expired",
                        "Idempotency key expired",
                        "This idempotency key is older than the window in which keys are remembered.");
            case KEY_FROM_FUTURE ->
                Problem.notApplied(
                        422,
                        "idempotency-key-from-future",
                        "Idempotency key from the future",
                        "This idempotency key claims to be made in the future.");
            case QUEUE_FULL, BUSY -> tooManyWrites(requestId);
            case NOT_READY, DEADLINE, FENCED, MISPLACED, UNKNOWN_EPOCH ->
                Problem.notApplied(
                                503,
                                "not-committed",
                                "Not committed",
                                "No sync node could write in time; this request was not applied.")
                        .retryAfter(SOON);
            case UNKNOWN ->
                Problem.of(
                                504,
                                "outcome-unknown",
                                "Outcome unknown",
                                "No answer came in time; the write may or may not be applied.")
                        .with(Problem.Outcome.UNKNOWN)
                        .retryable();
            case COMMITTED -> throw new IllegalArgumentException("a committed write is no problem");
        };
    }

    private static Problem preconditionFailed(WriteResult result) {
        long current = result.revision() == null ? 0 : result.revision();
        Problem problem = Problem.notApplied(
                412,
                "precondition-failed",
                "Precondition failed",
                current == 0 ? "The key does not exist." : "The key is at revision " + current + ".");
        problem.with("currentRevision", current);
        return current == 0 ? problem : problem.header("ETag", "\"" + current + "\"");
    }
}
