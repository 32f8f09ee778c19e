package io.ringstore.client.web;

import io.ringstore.client.read.StoreReads.StoreUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns whatever goes wrong into a problem document that says what it means for the caller's write. */
@RestControllerAdvice
class ApiProblems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiProblems.class);
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    @ExceptionHandler
    ResponseEntity<Object> storeUnavailable(StoreUnavailable nobody, WebRequest request) {
        return problem(Problems.storeUnavailable(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> malformedJson(JacksonException broken, WebRequest request) {
        return problem(Problems.badRequest("The body does not have the form that this path takes."), request);
    }

    /** Something we did not think of: for a write, nobody knows whether it was applied. */
    @ExceptionHandler
    ResponseEntity<Object> unexpected(RuntimeException broken, HttpServletRequest http, WebRequest request) {
        log.error("request failed method={} path={}", http.getMethod(), http.getRequestURI(), broken);
        Problem problem = READS.contains(http.getMethod())
                ? Problem.of(500, "internal", "Internal error", "Something went wrong on our side.")
                : Problem.of(504, "outcome-unknown", "Outcome unknown", "The write may or may not be applied.")
                        .with(Problem.Outcome.UNKNOWN)
                        .retryable();
        return problem(problem, request);
    }

    private ResponseEntity<Object> problem(Problem problem, WebRequest request) {
        ResponseEntity<Object> answer = handleExceptionInternal(
                problem, problem.getBody(), problem.getHeaders(), problem.getStatusCode(), request);
        return answer == null ? ResponseEntity.internalServerError().build() : answer;
    }

    /** Refusals of the framework have no effect, and say so. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem && !(failure instanceof Problem)) {
            complete(problem, status, request);
        }
        return super.handleExceptionInternal(failure, body, headers, status, request);
    }

    private static void complete(ProblemDetail problem, HttpStatusCode status, WebRequest request) {
        HttpStatus known = HttpStatus.resolve(status.value());
        String name = known == null ? "problem" : known.getReasonPhrase();
        problem.setType(URI.create(
                "https://ringstore.io/problems/" + name.toLowerCase(Locale.ROOT).replace(' ', '-')));
        boolean isWrite = request instanceof ServletWebRequest servlet
                && !READS.contains(servlet.getRequest().getMethod());
        if (isWrite && status.is4xxClientError()) {
            problem.setProperty("outcome", "not-applied");
        }
    }
}
