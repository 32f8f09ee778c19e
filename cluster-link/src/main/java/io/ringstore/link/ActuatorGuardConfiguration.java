package io.ringstore.link;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Guards Actuator like any path between nodes, on whatever port it listens, but for what probes and monitoring ask. */
@ManagementContextConfiguration(proxyBeanMethods = false)
class ActuatorGuardConfiguration {

    private static final String HEALTH = "/actuator/health";
    private static final Set<String> OPEN = Set.of(HEALTH, "/actuator/info", "/actuator/prometheus");

    @Bean
    FilterRegistrationBean<GuardFilter> actuatorGuard(
            Credentials credentials, ObjectProvider<ActuatorAdmission> others, MeterRegistry meters) {
        var registration = new FilterRegistrationBean<>(new GuardFilter(
                request -> isOpen(request)
                        || credentials.areIn(request)
                        || others.stream().anyMatch(other -> other.admits(request)),
                credentials.wanted() + ", or at a gateway the API token of an admin",
                meters));
        registration.addUrlPatterns("/actuator/*");
        return registration;
    }

    /** A path that means something else once it is decoded is not one of these. */
    static boolean isOpen(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals(request.getRequestURI()) && (OPEN.contains(path) || path.startsWith(HEALTH + "/"));
    }
}
