package io.ringstore.link;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Guards the switches of the lab like any path between nodes, on whatever port Actuator listens. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "ringstore.lab.enabled", havingValue = "true")
class LabGuardConfiguration {

    @Bean
    FilterRegistrationBean<GuardFilter> failpointsGuard(ClusterSecret secret, MeterRegistry meters) {
        var registration = new FilterRegistrationBean<>(new GuardFilter(secret, meters));
        registration.addUrlPatterns("/actuator/failpoints/*", "/actuator/motion/*");
        return registration;
    }
}
