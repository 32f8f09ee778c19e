package io.ringstore.client.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Keeps MVC within {@link Places}. Whoever waits for changes has none: polls and watchers are counted where they wait. */
@Configuration(proxyBeanMethods = false)
class RequestsAtOnce implements WebMvcConfigurer, AsyncHandlerInterceptor {

    private static final String PLACE = RequestsAtOnce.class.getName();

    private final Places places;

    RequestsAtOnce(Places places) {
        this.places = places;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // The answer to who has waited is there, and is not refused.
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            places.take(request);
            request.setAttribute(PLACE, true);
        }
        return true;
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        giveBack(request);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        giveBack(request);
    }

    private void giveBack(HttpServletRequest request) {
        if (request.getAttribute(PLACE) != null) {
            request.removeAttribute(PLACE);
            places.giveBack();
        }
    }
}
