package io.ringstore.link.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Makes a place that of this thread, and has its log lines name it, until it is closed. */
final class CurrentPlace implements AutoCloseable {

    /** The names that Spring Boot's log formats look for. */
    private static final String TRACE = "traceId";

    private static final String SPAN = "spanId";

    private final @Nullable String traceBefore = MDC.get(TRACE);
    private final @Nullable String spanBefore = MDC.get(SPAN);
    private final Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // close() does
    CurrentPlace(Context context) {
        scope = context.makeCurrent();
        SpanContext here = Span.fromContext(context).getSpanContext();
        name(TRACE, here.isValid() ? here.getTraceId() : null);
        name(SPAN, here.isValid() ? here.getSpanId() : null);
    }

    private static void name(String what, @Nullable String value) {
        if (value == null) {
            MDC.remove(what);
        } else {
            MDC.put(what, value);
        }
    }

    @Override
    public void close() {
        name(TRACE, traceBefore);
        name(SPAN, spanBefore);
        scope.close();
    }
}
