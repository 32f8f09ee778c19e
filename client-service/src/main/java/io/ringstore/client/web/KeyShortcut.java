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
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.ObjectMapper;

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
    private final transient ObjectMapper json;
    private final transient Supplier<HandlerExceptionResolver> problems;

    /** @param problems what MVC does with exceptions, asked for when the first call fails */
    KeyShortcut(
            KeyController puts,
            ValueController values,
            Callers callers,
            Places places,
            Bodies bodies,
            ObjectMapper json,
            Supplier<HandlerExceptionResolver> problems) {
        this.puts = puts;
        this.values = values;
        this.callers = callers;
        this.places = places;
        this.bodies = bodies;
        this.json = json;
        this.problems = problems;
    }

    /** Answers a request. */
    @FunctionalInterface
    private interface Call {
        void answer(HttpServletRequest request, HttpServletResponse response, HttpHeaders given) throws IOException;
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
                yield consistency == null ? null : (req, response, given) -> get(req, response, given, consistency);
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
            call.answer(request, response, headers(request));
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

    /** As they are; one that makes no sense is for the controllers to refuse. */
    private static HttpHeaders headers(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(name ->
                        request.getHeaders(name).asIterator().forEachRemaining(value -> headers.add(name, value)));
        return headers;
    }

    private void put(HttpServletRequest request, HttpServletResponse response, HttpHeaders given) throws IOException {
        ResponseEntity<Receipt> receipt = puts.put(request, given, callers.of(request));
        response.setStatus(receipt.getStatusCode().value());
        receipt.getHeaders().forEach((name, all) -> all.forEach(value -> response.addHeader(name, value)));
        byte[] body = json.writeValueAsBytes(receipt.getBody());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void get(HttpServletRequest request, HttpServletResponse response, HttpHeaders given, String consistency)
            throws IOException {
        values.get(request, response, given, consistency, null, null, callers.of(request));
    }
}
