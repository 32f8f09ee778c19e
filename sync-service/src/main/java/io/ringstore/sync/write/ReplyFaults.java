package io.ringstore.sync.write;

import io.ringstore.link.failpoint.Failpoint;
import io.ringstore.link.failpoint.Failpoints;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/** The failpoint after a gateway was answered; only in the lab. */
final class ReplyFaults extends OncePerRequestFilter {

    private final Failpoints failpoints;

    ReplyFaults(Failpoints failpoints) {
        this.failpoints = failpoints;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (failpoints.isArmed(Failpoint.AFTER_CLIENT_REPLY)) {
            response.flushBuffer(); // the answer says how long it is, so it is complete with this
            failpoints.drops(Failpoint.AFTER_CLIENT_REPLY);
        }
    }

    /** Puts it where gateways are answered. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "ringstore.lab.enabled", havingValue = "true")
    static class Registration {

        @Bean
        FilterRegistrationBean<ReplyFaults> replyFaults(Failpoints failpoints) {
            var registration = new FilterRegistrationBean<>(new ReplyFaults(failpoints));
            registration.addUrlPatterns("/sync/writes");
            return registration;
        }
    }
}
