package io.ringstore.link.trace;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Spans of OpenTelemetry. */
final class OpenTelemetryTraces implements Traces {

    private static final TextMapPropagator HEADERS = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;

    OpenTelemetryTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    private record Known(SpanContext context) implements Place {}

    @Override
    public Place here() {
        return placeOf(io.opentelemetry.api.trace.Span.current().getSpanContext());
    }

    private static Place placeOf(SpanContext context) {
        return context.isValid() ? new Known(context) : Place.NOWHERE;
    }

    @Override
    public <C> Span call(String name, Collection<C> causes, Function<? super C, Place> place) {
        List<SpanContext> known = causes.stream()
                .map(place)
                .distinct()
                .filter(Known.class::isInstance)
                .map(where -> ((Known) where).context())
                .toList();
        if (known.isEmpty()) {
            return Span.NONE;
        }
        SpanBuilder span = tracer.spanBuilder(name)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("ringstore.requests", (long) causes.size());
        if (known.size() == 1) {
            span.setParent(at(known.getFirst()));
        } else {
            span.setNoParent();
            known.forEach(span::addLink);
        }
        return begin(span);
    }

    @Override
    public Span part(String name) {
        return here().equals(Place.NOWHERE)
                ? Span.NONE
                : begin(tracer.spanBuilder(name).setSpanKind(SpanKind.INTERNAL));
    }

    /**
     * Begins to serve a request, as a part of what its caller says that it is doing.
     *
     * @param begins whether a request without such words begins a trace
     */
    @Nullable
    OpenTelemetrySpan serve(HttpServletRequest request, boolean begins) {
        Context caller = HEADERS.extract(Context.root(), request, new RequestHeaders());
        if (!begins
                && !io.opentelemetry.api.trace.Span.fromContext(caller)
                        .getSpanContext()
                        .isValid()) {
            return null;
        }
        return begin(tracer.spanBuilder(request.getMethod())
                .setSpanKind(SpanKind.SERVER)
                .setParent(caller)
                .setAttribute("http.request.method", request.getMethod()));
    }

    @Override
    public <T> Callable<T> carry(Callable<T> task) {
        Context here = Context.current();
        return () -> {
            try (var _ = new CurrentPlace(here)) {
                return task.call();
            }
        };
    }

    @Override
    public void headers(BiConsumer<String, String> header) {
        HEADERS.inject(Context.current(), header, (to, name, value) -> {
            if (to != null) {
                to.accept(name, value);
            }
        });
    }

    private static Context at(SpanContext place) {
        return Context.root().with(io.opentelemetry.api.trace.Span.wrap(place));
    }

    private static OpenTelemetrySpan begin(SpanBuilder span) {
        return new OpenTelemetrySpan(span.startSpan());
    }

    /** A span, current on this thread until it is closed. */
    static final class OpenTelemetrySpan implements Span {

        private final io.opentelemetry.api.trace.Span span;
        private final CurrentPlace place;

        private OpenTelemetrySpan(io.opentelemetry.api.trace.Span span) {
            this.span = span;
            this.place = new CurrentPlace(Context.current().with(span));
        }

        @Override
        public void failed(String why) {
            span.setStatus(StatusCode.ERROR, why);
        }

        io.opentelemetry.api.trace.Span span() {
            return span;
        }

        /** This thread goes on to something else; the span goes on until it is ended. */
        void leave() {
            place.close();
        }

        @Override
        public void close() {
            leave();
            span.end();
        }
    }

    private static final class RequestHeaders implements TextMapGetter<HttpServletRequest> {

        @Override
        public Iterable<String> keys(HttpServletRequest request) {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    }
}
