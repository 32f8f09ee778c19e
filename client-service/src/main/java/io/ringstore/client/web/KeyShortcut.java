package io.ringstore.client.web;

import io.ringstore.client.access.Callers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Calls the controllers of one key without MVC, which would cost more than all the rest that a gateway does for a write.
 *
 * <p>Whatever is not as usual goes the long way: a query other than a consistency, another answer than JSON, and what fails,
 * to its advice.
 */
final class KeyShortcut extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String KEYS = "/v1/kv/";

    /** What traces call the path. */
    private static final String PATTERN = "/v1/kv/**";

    private static final Set<String> ANYTHING = Set.of(MediaType.ALL_VALUE, MediaType.APPLICATION_JSON_VALUE);

    private final transient KeyController puts;
    private final transient ValueController values;
    private final transient Callers callers;
    private final transient Places places;
    private final transient Bodies bodies;
    private final transient Supplier<HandlerExceptionResolver> problems;

    /** @param problems what MVC does with exceptions, asked for when the first call fails */
    KeyShortcut(
            KeyController puts,
            ValueController values,
            Callers callers,
            Places places,
            Bodies bodies,
            Supplier<HandlerExceptionResolver> problems) {
        this.puts = puts;
        this.values = values;
        this.callers = callers;
        this.places = places;
        this.bodies = bodies;
        this.problems = problems;
    }

    /** Answers a request. */
    @FunctionalInterface
    private interface Call {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Call call = request.getRequestURI().startsWith(KEYS) ? callFor(request) : null;
        if (call == null) {
            chain.doFilter(request, response);
        } else {
            answer(call, request, response);
        }
    }

    private @Nullable Call callFor(HttpServletRequest request) {
        String query = request.getQueryString();
        return switch (request.getMethod()) {
            case "PUT" -> query == null && accepts(request.getHeader(HttpHeaders.ACCEPT)) ? this::put : null;
            case "GET" -> {
                String consistency = consistency(query);
                yield consistency == null ? null : (req, response) -> get(req, response, consistency);
            }
            default -> null;
        };
    }

    private static boolean accepts(@Nullable String types) {
        return types == null || ANYTHING.contains(types);
    }

    private static @Nullable String consistency(@Nullable String query) {
        return switch (query) {
            case null -> Consistency.LINEARIZABLE;
            case "consistency=linearizable" -> Consistency.LINEARIZABLE;
            case "consistency=local" -> Consistency.LOCAL;
            default -> null;
        };
    }

    private void answer(Call call, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        boolean placed = false;
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATTERN);
        try {
            places.take(request);
            placed = true;
            call.answer(request, response);
        } catch (RuntimeException | IOException failed) {
            if (problems.get().resolveException(request, response, null, failed) == null) {
                throw failed;
            }
        } finally {
            bodies.giveBack(request);
            if (placed) {
                places.giveBack();
            }
        }
    }

    private void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
        puts.put(request, response, callers.of(request));
    }

    private void get(HttpServletRequest request, HttpServletResponse response, String consistency) throws IOException {
        values.get(request, response, consistency, null, null, callers.of(request));
    }
}
