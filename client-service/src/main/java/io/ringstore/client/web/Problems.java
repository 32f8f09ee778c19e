package io.ringstore.client.web;

import io.ringstore.api.WriteResult;
import io.ringstore.client.gateway.NotAdmitted;
import io.ringstore.ledger.Txn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Every way in which a request can end badly, with the words of api.md. */
final class Problems {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(10);

    private Problems() {}

    static Problem badRequest(String detail) {
        return Problem.notApplied(400, "bad-request", "Bad request", detail);
    }

    static Problem notAuthenticated(String detail) {
        return Problem.notApplied(401, "not-authenticated", "Not authenticated", detail)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    static Problem notAllowed(String detail) {
        return Problem.notApplied(403, "not-allowed", "Not allowed", detail);
    }

    static Problem tooLarge(long limit) {
        return Problem.notApplied(
                        413, "body-too-large", "Body too large", "At most " + limit + " bytes are taken here.")
                .with("limit", limit);
    }

    static Problem bodyTooSlow() {
        return Problem.notApplied(408, "body-too-slow", "Body too slow", "The body did not arrive in time.")
                .header(HttpHeaders.CONNECTION, "close")
                .retryable();
    }

    /** Of a transaction that is larger than one may be, or writes a key twice. */
    static Problem badTransaction(@Nullable String what) {
        return Problem.notApplied(400, "bad-transaction", "Bad transaction", "Not so: " + what + ".");
    }

    static Problem unsupportedCoding() {
        return Problem.notApplied(
                415, "unsupported-coding", "Unsupported coding", "Values are taken without Content-Encoding.");
    }

    static Problem notAcceptable(String detail) {
        return Problem.of(406, "not-acceptable", "Not acceptable", detail);
    }

    static Problem noSuchKey(String key) {
        return Problem.of(404, "no-such-key", "No such key", "There is no key " + key + ".");
    }

    static Problem noSuchKeyAt(String key, long revision) {
        return Problem.of(
                404, "no-such-key", "No such key", "There was no key " + key + " at revision " + revision + ".");
    }

    static Problem noSuchRequest(String requestId) {
        return Problem.of(
                404,
                "no-such-request",
                "No such request",
                "The store does not know " + requestId + ": it was not applied, or is too old to be remembered.");
    }

    /** Of a write that the gateway did not even begin. */
    static Problem ofRefusal(NotAdmitted.Reason reason) {
        return switch (reason) {
            case FULL -> tooManyWrites();
            case BEING_WRITTEN ->
                Problem.notApplied(
                                409,
                                "being-written",
                                "Being written",
                                "This idempotency key is being written right now; this attempt adds nothing to that.")
                        .retryAfter(SOON);
        };
    }

    static Problem tooManyRequests(boolean isWrite) {
        if (isWrite) {
            return tooManyWrites();
        }
        return Problem.of(
                        429, "too-many-requests", "Too many requests", "As many as may be are being answered already.")
                .retryAfter(SOON);
    }

    static Problem tooManyBodies() {
        return Problem.notApplied(
                        429, "too-many-writes", "Too many writes", "As much as may be is being received already.")
                .retryAfter(SOON);
    }

    private static Problem tooManyWrites() {
        return Problem.notApplied(429, "too-many-writes", "Too many writes", "The queue is full.")
                .retryAfter(SOON);
    }

    static Problem revisionAhead(long wanted, long last) {
        return Problem.of(
                        503,
                        "revision-ahead",
                        "Revision ahead",
                        "Revision " + wanted + " is not there yet, the last one is " + last + ".")
                .retryAfter(SOON);
    }

    static Problem compacted(long compacted) {
        return Problem.of(
                        410,
                        "compacted",
                        "Compacted",
                        "That was let go: only the state as of revision " + compacted
                                + " and later can be read, and the log after it. List again, and go on from there.")
                .with("compactedRevision", compacted);
    }

    static Problem tooManyWatchers(String detail) {
        return Problem.of(429, "too-many-watchers", "Too many watchers", detail).retryAfter(LATER);
    }

    static Problem storeUnavailable() {
        return Problem.of(503, "store-unavailable", "Store unavailable", "No store node answered in time.")
                .retryAfter(SOON);
    }

    static Problem adminIsOff() {
        return Problem.of(
                403,
                "admin-is-off",
                "Admin is off",
                "Backups can be taken only from a gateway that knows its callers, or runs with ringstore.gateway.admin=true.");
    }

    static Problem noBackup() {
        return Problem.of(
                        503,
                        "no-backup",
                        "No backup",
                        "No store node could give a backup: a majority of them must work, and one must not be giving one"
                                + " already and have room for it on its disk.")
                .retryAfter(SOON);
    }

    static Problem noSuchScenario(String name) {
        return Problem.of(404, "no-such-scenario", "No such scenario", "There is no scenario " + name + ".");
    }

    static Problem noSuchRun(String id) {
        return Problem.of(404, "no-such-run", "No such run", "This gateway remembers no run " + id + ".");
    }

    static Problem labIsBusy(String detail) {
        return Problem.of(409, "lab-is-busy", "Lab is busy", detail).retryAfter(LATER);
    }

    /** Something went wrong on our side; of a write, nobody knows how far it came. */
    static Problem unexpected(boolean isWrite) {
        return isWrite
                ? outcomeUnknown()
                : Problem.of(500, "internal", "Internal error", "Something went wrong on our side.");
    }

    private static Problem outcomeUnknown() {
        return Problem.of(
                        504,
                        "outcome-unknown",
                        "Outcome unknown",
                        "No answer came in time; the write may or may not be applied.")
                .with(Problem.Outcome.UNKNOWN)
                .retryable();
    }

    /** What a write that was not committed is answered; the status must not be done. */
    static Problem ofWrite(WriteResult result, String key) {
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
            case READS_TOO_MUCH ->
                Problem.notApplied(
                                413,
                                "transaction-reads-too-much",
                                "Transaction reads too much",
                                "The values that a transaction gets have at most " + Txn.MAX_READ + " bytes together.")
                        .with("limit", Txn.MAX_READ);
            case FULL ->
                Problem.notApplied(
                                507,
                                "store-full",
                                "Store full",
                                "The store has no room for more keys or larger values. Deletes, and values that are not"
                                        + " larger than before, are taken.")
                        .retryAfter(LATER);
            case QUEUE_FULL, BUSY -> tooManyWrites();
            case NOT_READY, DEADLINE, FENCED, MISPLACED, UNKNOWN_EPOCH ->
                Problem.notApplied(
                                503,
                                "not-committed",
                                "Not committed",
                                "No sync node could write in time; this request was not applied.")
                        .retryAfter(SOON);
            case UNKNOWN -> outcomeUnknown();
            case COMMITTED, TRANSACTED -> throw new IllegalArgumentException("a committed write is no problem");
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
