package io.ringstore.sync.write;

import java.util.concurrent.RejectedExecutionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Failures that a caller can act on. */
@RestControllerAdvice
class WriteProblems {

    /** What cannot be a write has no effect. */
    @ExceptionHandler
    ProblemDetail malformed(IllegalArgumentException broken) {
        return notApplied(HttpStatus.BAD_REQUEST, broken);
    }

    /** The inbox is full: back off, and retry under the same id. */
    @ExceptionHandler
    ProblemDetail overloaded(RejectedExecutionException full) {
        return notApplied(HttpStatus.SERVICE_UNAVAILABLE, full);
    }

    private static ProblemDetail notApplied(HttpStatus status, RuntimeException cause) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, cause.getMessage());
        problem.setProperty("outcome", "not-applied");
        return problem;
    }
}
