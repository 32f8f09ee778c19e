package io.ringstore.link;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only members of the cluster into the paths between nodes, and only bodies of a sane size (§10.1).
 *
 * <p>Refused calls reach no controller and so have no effect.
 */
final class GuardFilter extends OncePerRequestFilter {

    /** A batch is at most 1 MiB (P11); encoding may double it. */
    private static final long MAX_BODY = 2 << 20;

    private final ClusterSecret secret;

    GuardFilter(ClusterSecret secret) {
        this.secret = secret;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!secret.matches(request.getHeader(ClusterSecret.HEADER))) {
            refuse(response, 401, "Unauthorized", "This path needs the cluster secret.");
        } else if (request.getContentLengthLong() > MAX_BODY) {
            refuse(response, 413, "Content Too Large", "Bodies between nodes are limited to " + MAX_BODY + " bytes.");
        } else {
            boolean unsaid = request.getContentLengthLong() < 0;
            chain.doFilter(unsaid ? new LimitedBody(request, MAX_BODY) : request, response);
        }
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
