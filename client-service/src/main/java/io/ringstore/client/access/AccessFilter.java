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
            meters.counter("ringstore.gateway.access.refused", "reason", reason(refused))
                    .increment();
            problems.get().resolveException(http, (HttpServletResponse) response, null, refused);
            return;
        }
        chain.doFilter(request, response);
    }

    private static String reason(RuntimeException refused) {
        return refused instanceof NotAuthenticated ? "token" : "role";
    }
}
