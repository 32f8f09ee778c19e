package io.ringstore.store.web;

import io.ringstore.ledger.MalformedLedgerData;
import io.ringstore.store.history.DamagedStorageException;
import io.ringstore.store.replication.CompactedException;
import io.ringstore.store.replication.Replica;
import java.net.URI;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What went wrong, so that the caller knows whether its write can still happen (P12). */
@RestControllerAdvice
final class StoreProblems {

    private static final Logger LOG = LoggerFactory.getLogger(StoreProblems.class);
    private static final String TYPES = "https://ringstore.io/problems/";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notApplied(Primary.NotAppliedException e) {
        return unavailable(String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(Replica.UnavailableException e) {
        return unavailable(String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknown(Primary.OutcomeUnknownException e) {
        return problem(
                HttpStatus.GATEWAY_TIMEOUT,
                "outcome-unknown",
                "Outcome unknown",
                String.valueOf(e.getMessage()),
                "unknown");
    }

    /** The ledger's decoder, and the constructors of its values, refuse what makes no sense. */
    @ExceptionHandler({MalformedLedgerData.class, IllegalArgumentException.class})
    ResponseEntity<ProblemDetail> malformed(RuntimeException e) {
        return problem(HttpStatus.BAD_REQUEST, "malformed", "Malformed", String.valueOf(e.getMessage()), "not-applied");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(StoreController.TooLargeException e) {
        return problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-large",
                "Batch too large",
                String.valueOf(e.getMessage()),
                "not-applied");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> noSuchRequest(StoreController.NoSuchRequestException e) {
        return problem(
                HttpStatus.NOT_FOUND,
                "no-such-request",
                "No such request",
                String.valueOf(e.getMessage()),
                "not-applied");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> compacted(CompactedException e) {
        ResponseEntity<ProblemDetail> answer =
                problem(HttpStatus.GONE, "compacted", "Compacted", String.valueOf(e.getMessage()), "not-applied");
        Objects.requireNonNull(answer.getBody()).setProperty("compactedRevision", e.compacted());
        return answer;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> damaged(DamagedStorageException e) {
        LOG.error("damage found while reading", e);
        return unavailable("this node's history is damaged");
    }

    @ExceptionHandler
    ResponseEntity<byte[]> forwarded(Primary.ForwardedProblemException e) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(
                e.answer().getResponseBodyAsByteArray(), headers, e.answer().getStatusCode());
    }

    private static ResponseEntity<ProblemDetail> unavailable(String detail) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Store unavailable", detail, "not-applied");
    }

    private static ResponseEntity<ProblemDetail> problem(
            HttpStatusCode status, String type, String title, String detail, String outcome) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPES + type));
        problem.setTitle(title);
        problem.setProperty("outcome", outcome);
        problem.setProperty("retryable", status.is5xxServerError());
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
