package io.ringstore.client.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.util.UriUtils;

/** An answer that is an RFC 9457 problem document; for a write it always says whether the write happened. */
final class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1;
    private static final String TYPES = "https://ringstore.io/problems/";

    /** Whether the write happened. */
    enum Outcome {
        NOT_APPLIED("not-applied"),
        UNKNOWN("unknown");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }
    }

    private Problem(HttpStatusCode status, ProblemDetail body) {
        super(status, body, null);
    }

    /** Problems are answers, made often; where one was made says nothing. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /**
     * Makes a problem that says nothing of a write.
     *
     * @param type last part of the problem's type
     */
    static Problem of(int status, String type, String title, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        body.setType(URI.create(TYPES + type));
        body.setTitle(title);
        return new Problem(HttpStatusCode.valueOf(status), body);
    }

    /** The write certainly was not applied by this request and never will be. */
    static Problem notApplied(int status, String type, String title, String detail) {
        return of(status, type, title, detail).with(Outcome.NOT_APPLIED);
    }

    Problem with(Outcome outcome) {
        getBody().setProperty("outcome", outcome.text);
        return this;
    }

    Problem forRequest(String requestId) {
        getBody().setProperty("requestId", requestId);
        getBody().setInstance(URI.create("/v1/requests/" + UriUtils.encode(requestId, StandardCharsets.UTF_8)));
        return this;
    }

    /** Trying again with the same request id is right. */
    Problem retryable() {
        getBody().setProperty("retryable", true);
        return this;
    }

    Problem retryAfter(Duration pause) {
        getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, pause.toSeconds())));
        return retryable();
    }

    Problem with(String property, Object value) {
        getBody().setProperty(property, value);
        return this;
    }

    Problem header(String name, String value) {
        getHeaders().set(name, value);
        return this;
    }
}
