package io.ringstore.client.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.link.ActuatorAdmission;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts authentication in place, or makes sure that a gateway without it is reached by nobody from elsewhere. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration implements WebMvcConfigurer {

    private final Callers callers;

    AccessConfiguration(AccessProperties access, ServerProperties server) {
        if (access.tokens() == null && !access.open()) {
            requireLoopback(server.getAddress());
        }
        callers = access.tokens() == null ? Callers.anybody() : Callers.authenticated();
    }

    /** @param address null for all that this machine has */
    static void requireLoopback(@Nullable InetAddress address) {
        if (address == null) {
            throw new OpenGatewayException("all addresses of this machine");
        }
        if (!address.isLoopbackAddress()) {
            throw new OpenGatewayException(address.getHostAddress());
        }
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument(callers));
    }

    @Bean
    Callers callers() {
        return callers;
    }

    /** What there is where callers are asked who they are. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("ringstore.access.tokens")
    static class Authenticated {

        @Bean
        Authentication authentication(AccessProperties access) {
            Path file = Objects.requireNonNull(access.tokens());
            return new Authentication(ApiTokens.read(file));
        }

        /** After what makes every answer safe, before everything else. */
        @Bean
        FilterRegistrationBean<AccessFilter> accessFilter(
                Authentication authentication,
                @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> problems,
                MeterRegistry meters) {
            var registration =
                    new FilterRegistrationBean<>(new AccessFilter(authentication, problems::getObject, meters));
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
            return registration;
        }

        @Bean
        ActuatorAdmission admins(Authentication authentication) {
            return request -> {
                try {
                    authentication.caller(request).requireRole(Role.ADMIN);
                    return true;
                } catch (NotAuthenticated | NotAllowed refused) {
                    return false;
                }
            };
        }
    }
}
