package io.ringstore.client.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses a read that says a parameter twice; nobody knows which of the two was meant. */
@Configuration(proxyBeanMethods = false)
class OneValueEach implements WebMvcConfigurer, HandlerInterceptor {

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && ProblemAnswers.isRead(request.getMethod())) {
            request.getParameterMap().forEach((name, values) -> {
                if (values.length > 1) {
                    throw Problems.badRequest(name + " is given more than once.");
                }
            });
        }
        return true;
    }
}
