package io.ringstore.client.access;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Tells a controller who its caller is. */
final class CallerArgument implements HandlerMethodArgumentResolver {

    private final Function<NativeWebRequest, Caller> callers;

    private CallerArgument(Function<NativeWebRequest, Caller> callers) {
        this.callers = callers;
    }

    /** Where nobody is asked who he is. */
    static CallerArgument anybody() {
        return new CallerArgument(_ -> Caller.ANYBODY);
    }

    /** Whom the filter let in; whoever got past it is a defect, and may do nothing. */
    static CallerArgument authenticated() {
        return new CallerArgument(request -> {
            if (request.getAttribute(AccessFilter.CALLER, RequestAttributes.SCOPE_REQUEST) instanceof Caller caller) {
                return caller;
            }
            throw new NotAuthenticated("Nobody asked who you are.");
        });
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return callers.apply(request);
    }
}
