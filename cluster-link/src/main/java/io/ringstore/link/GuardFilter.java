package io.ringstore.link;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only members of the cluster into the paths between nodes, in a version that this node understands, and only bodies of a
 * sane size (§10.1).
 *
 * <p>Calls that it refuses reach no controller and so have no effect. Whoever refuses one, it is counted, as
 * {@code ringstore.refused} by path and status: a member that talks nonsense should be noticed.
 */
final class GuardFilter extends OncePerRequestFilter {

    /** A batch is at most 1 MiB (P11); encoding may double it. */
    private static final long MAX_BODY = 2 << 20;

    private final Predicate<HttpServletRequest> members;
    private final String proof;
    private final MeterRegistry meters;

    /** For those who belong to the cluster. */
    GuardFilter(Credentials credentials, MeterRegistry meters) {
        this(credentials::areIn, credentials.wanted(), meters);
    }

    /** @param proof what a caller needs, for those who do not have it */
    GuardFilter(Predicate<HttpServletRequest> members, String proof, MeterRegistry meters) {
        this.members = members;
        this.proof = proof;
        this.meters = meters;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!members.test(request)) {
            refuse(response, 401, "Unauthorized", "This path needs " + proof + ".");
            count(area(request), 401);
        } else if (!WireVersion.isUnderstood(request.getHeader(WireVersion.HEADER))) {
            refuse(
                    response,
                    400,
                    "Bad Request",
                    "This node understands version " + WireVersion.SPOKEN + " of calls between nodes only.");
            count(area(request), 400);
        } else if (request.getContentLengthLong() > MAX_BODY) {
            refuse(response, 413, "Content Too Large", "Bodies between nodes are limited to " + MAX_BODY + " bytes.");
            count(area(request), 413);
        } else {
            boolean unsaid = request.getContentLengthLong() < 0;
            chain.doFilter(unsaid ? new LimitedBody(request, MAX_BODY) : request, response);
            int status = response.getStatus();
            if (status >= 400 && status < 500) {
                count(status == 404 ? area(request) : request.getServletPath(), status);
            }
        }
    }

    private void count(String path, int status) {
        meters.counter("ringstore.refused", "path", path, "status", String.valueOf(status))
                .increment();
    }

    /** The first word of a path that may be anything: a tag has few values, whatever a stranger asks for. */
    private static String area(HttpServletRequest request) {
        String path = request.getServletPath();
        int second = path.indexOf('/', 1);
        return second < 0 ? path : path.substring(0, second);
    }

    private static void refuse(HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        String problem = """
                {"type":"https://ringstore.io/problems/%s","title":"%s","status":%d,"detail":"%s",\
                "outcome":"not-applied","retryable":false}""".formatted(title.toLowerCase(Locale.ROOT).replace(' ', '-'), title, status, detail);
        response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
    }
}
