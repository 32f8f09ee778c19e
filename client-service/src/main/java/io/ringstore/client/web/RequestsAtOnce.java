package io.ringstore.client.web;

import io.ringstore.client.gateway.GatewayProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Bounds the requests that are being read or answered, because each holds buffers and perhaps a body. Whoever waits for
 * changes is not one of them: polls and watchers are counted where they wait.
 */
@Configuration(proxyBeanMethods = false)
class RequestsAtOnce implements WebMvcConfigurer, AsyncHandlerInterceptor {

    private static final String PLACE = RequestsAtOnce.class.getName();

    private final Semaphore places;

    RequestsAtOnce(GatewayProperties settings) {
        places = new Semaphore(settings.maxRequests());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!places.tryAcquire()) {
            throw Problems.tooManyRequests(!ProblemAnswers.isRead(request.getMethod()));
        }
        request.setAttribute(PLACE, true);
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
            places.release();
        }
    }
}
