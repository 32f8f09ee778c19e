package io.ringstore.link.failpoint;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Calls that a deaf node does not hear, and answers that a mute one does not give. */
final class OmissionFilter extends OncePerRequestFilter {

    /** Longer than any caller waits for an answer between nodes. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Failpoints failpoints;
    private final Duration silence;

    OmissionFilter(Failpoints failpoints) {
        this(failpoints, SILENCE);
    }

    OmissionFilter(Failpoints failpoints, Duration silence) {
        this.failpoints = failpoints;
        this.silence = silence;
    }

    /** Whoever holds the switches must be able to reach them. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/failpoints");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (failpoints.drops(Failpoint.DEAF)) {
            keepSilent(response);
        } else if (failpoints.isArmed(Failpoint.MUTE)) {
            var answer = new ContentCachingResponseWrapper(response);
            chain.doFilter(request, answer);
            if (failpoints.drops(Failpoint.MUTE)) {
                keepSilent(response);
            } else {
                answer.copyBodyToResponse();
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Whoever still waits after that learns nothing, and nothing wrong. */
    private void keepSilent(HttpServletResponse response) {
        try {
            Thread.sleep(silence);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        response.reset();
        response.setStatus(HttpServletResponse.SC_GATEWAY_TIMEOUT);
        response.setHeader("Connection", "close");
    }
}
