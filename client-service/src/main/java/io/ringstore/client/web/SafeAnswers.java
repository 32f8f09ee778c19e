package io.ringstore.client.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Tells browsers to make nothing of an answer but what it says it is. A page that somebody has stored must not act in the name
 * of this server; the pages of our own say what they need instead.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class SafeAnswers implements Filter {

    private static final String POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        protect((HttpServletResponse) response);
        chain.doFilter(request, response);
    }

    static void protect(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "no-referrer");
    }
}
