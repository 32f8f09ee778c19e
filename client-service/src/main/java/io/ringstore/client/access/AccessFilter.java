package io.ringstore.client.access;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Lets nobody to an endpoint whose token does not allow it; who is let in stands in the request from then on. */
final class AccessFilter implements Filter {

    static final String CALLER = Caller.class.getName();

    private final Authentication authentication;
    private final Supplier<HandlerExceptionResolver> problems;
    private final MeterRegistry meters;

    /** @param problems what MVC does with exceptions, asked for when somebody is refused */
    AccessFilter(Authentication authentication, Supplier<HandlerExceptionResolver> problems, MeterRegistry meters) {
        this.authentication = authentication;
        this.problems = problems;
        this.meters = meters;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        try {
            if (!Rights.isPublic(http.getRequestURI())) {
                Caller caller = authentication.caller(http);
                caller.requireRole(Rights.needed(http.getMethod(), http.getRequestURI()));
                http.setAttribute(CALLER, caller);
            }
        } catch (NotAuthenticated | NotAllowed refused) {
            refuse(http, (HttpServletResponse) response, refused);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Whatever becomes of the problem document, what is refused is never a success. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, RuntimeException refused)
            throws IOException {
        boolean unknown = refused instanceof NotAuthenticated;
        meters.counter("ringstore.gateway.access.refused", "reason", unknown ? "token" : "role")
                .increment();
        if (problems.get().resolveException(request, response, null, refused) == null) {
            response.sendError(unknown ? HttpServletResponse.SC_UNAUTHORIZED : HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
