package io.ringstore.client.web;

import io.ringstore.client.access.Callers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Puts the shortcut in its place: after all other filters, where MVC would be. */
@Configuration(proxyBeanMethods = false)
class ShortcutConfiguration {

    @Bean
    FilterRegistrationBean<KeyShortcut> keyShortcut(
            KeyController puts,
            ValueController values,
            Callers callers,
            Places places,
            Bodies bodies,
            @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> problems) {
        var registration = new FilterRegistrationBean<>(
                new KeyShortcut(puts, values, callers, places, bodies, problems::getObject));
        registration.addUrlPatterns("/v1/kv/*");
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }
}
