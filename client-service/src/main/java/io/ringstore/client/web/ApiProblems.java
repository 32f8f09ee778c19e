package io.ringstore.client.web;

import io.ringstore.client.access.NotAllowed;
import io.ringstore.client.access.NotAuthenticated;
import io.ringstore.client.read.StoreReads.StoreUnavailable;
import io.ringstore.client.watch.TooManyWatchers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** Turns whatever goes wrong into a problem document that says what it means for the caller's write. */
@RestControllerAdvice
class ApiProblems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiProblems.class);

    private final ProblemAnswers problems;
    private final ObjectMapper json;

    ApiProblems(ProblemAnswers problems, ObjectMapper json) {
        this.problems = problems;
        this.json = json;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> storeUnavailable(StoreUnavailable nobody, WebRequest request) {
        return answer(Problems.storeUnavailable(), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> tooManyWatchers(TooManyWatchers full, WebRequest request) {
        return answer(Problems.tooManyWatchers(String.valueOf(full.getMessage())), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> notAuthenticated(NotAuthenticated nobody, WebRequest request) {
        return answer(Problems.notAuthenticated(String.valueOf(nobody.getMessage())), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> notAllowed(NotAllowed refused, WebRequest request) {
        return answer(Problems.notAllowed(String.valueOf(refused.getMessage())), request);
    }

    /** The store says from where on there is a past. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> compacted(HttpClientErrorException.Gone gone, WebRequest request) {
        long compacted = json.readTree(gone.getResponseBodyAsByteArray())
                .path("compactedRevision")
                .asLong();
        return answer(Problems.compacted(compacted), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> malformedJson(JacksonException broken, WebRequest request) {
        return answer(Problems.badRequest("The body does not have the form that this path takes."), request);
    }

    /** A query that is not percent-encoded text, which the web server finds out when it is first looked at. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> malformedQuery(InvalidParameterException broken, WebRequest request) {
        return answer(Problems.badRequest("A query is UTF-8, percent-encoded."), request);
    }

    /** A body that breaks off, stays away, or is not encoded as it says; nothing is written before the body was read. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unreadable(IOException broken, WebRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null; // the web server has answered by itself, or the client is gone
        }
        boolean stayedAway =
                broken instanceof SocketTimeoutException || broken.getCause() instanceof SocketTimeoutException;
        return answer(
                stayedAway ? Problems.bodyTooSlow() : Problems.badRequest("The body could not be read."), request);
    }

    /** Something we did not think of: for a write, nobody knows whether it was applied. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(RuntimeException broken, HttpServletRequest http, WebRequest request) {
        log.error("request failed method={} path={}", http.getMethod(), http.getRequestURI(), broken);
        return answer(Problems.unexpected(!ProblemAnswers.isRead(http.getMethod())), request);
    }

    /** A parameter that is no number, or no truth value; Spring's words for it would show what it is made of. */
    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                Problems.badRequest(mismatch.getPropertyName() + " does not have the form that it takes."), request);
    }

    private @Nullable ResponseEntity<Object> answer(Problem problem, WebRequest request) {
        return handleExceptionInternal(
                problem, problem.getBody(), problem.getHeaders(), problem.getStatusCode(), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpServletRequest http = ((ServletWebRequest) request).getRequest();
        ProblemDetail problem;
        if (failure instanceof Problem ours) {
            problem = problems.complete(ours);
            if (problem.getInstance() == null) {
                problem.setInstance(ProblemAnswers.instance(http.getRequestURI()));
            }
        } else {
            String detail = body instanceof ProblemDetail theirs ? theirs.getDetail() : null;
            problem = problems.refusal(status.value(), detail, http.getMethod(), http.getRequestURI());
        }
        HttpHeaders all = new HttpHeaders(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(failure, problem, all, status, request);
    }
}
