package io.ringstore.link.trace;

import io.ringstore.link.trace.OpenTelemetryTraces.OpenTelemetrySpan;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Shows each request of the public API in a trace, and calls between nodes if they are part of one. */
final class TraceFilter extends OncePerRequestFilter {

    static final String[] PATHS = {"/v1/*", "/sync/*", "/store/*"};

    private static final String PUBLIC = "/v1/";

    private final OpenTelemetryTraces traces;

    TraceFilter(OpenTelemetryTraces traces) {
        this.traces = traces;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        OpenTelemetrySpan span = traces.serve(request, request.getServletPath().startsWith(PUBLIC));
        if (span == null) {
            chain.doFilter(request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException failed) {
            span.failed(failed.toString());
            throw failed;
        } finally {
            span.leave();
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new WhenOver(request, response, span));
            } else {
                end(request, response, span);
            }
        }
    }

    /** No key is in a span: what clients name is theirs. */
    private static void end(HttpServletRequest request, HttpServletResponse response, OpenTelemetrySpan span) {
        String path = request.getServletPath();
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (route == null && !path.startsWith(PUBLIC)) {
            route = path;
        }
        if (route != null) {
            span.span().updateName(request.getMethod() + " " + route).setAttribute("http.route", route.toString());
        }
        span.span().setAttribute("http.response.status_code", (long) response.getStatus());
        if (response.getStatus() >= 500) {
            span.failed("");
        }
        span.span().end();
    }

    private record WhenOver(HttpServletRequest request, HttpServletResponse response, OpenTelemetrySpan span)
            implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            end(request, response, span);
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {
            span.failed(String.valueOf(event.getThrowable()));
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
