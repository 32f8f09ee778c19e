package io.ringstore.link.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.ringstore.api.StoreApi;
import io.ringstore.link.ClusterSecret;
import io.ringstore.link.Credentials;
import io.ringstore.link.NodeAddress;
import io.ringstore.link.PeerClients;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.link.trace.Traces.Place;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Work is shown where it belongs, and only what somebody asked to see. */
@Timeout(30)
class TracesTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String NOT_SHOWN = "00-" + TRACE + "-00f067aa0ba902b7-00";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InMemorySpanExporter shown = InMemorySpanExporter.create();
    private final OpenTelemetryTraces traces = traces(1);

    private OpenTelemetryTraces traces(double share) {
        return new OpenTelemetryTraces(SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(new SampledByLinks(share)))
                .addSpanProcessor(SimpleSpanProcessor.create(shown))
                .build()
                .get("test"));
    }

    private interface Work {
        void run() throws IOException;
    }

    private void serve(Traces by, String method, String path, @Nullable String caller, Work work) throws Exception {
        var request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        if (caller != null) {
            request.addHeader("traceparent", caller);
            request.addHeader("tracestate", "vendor=1");
        }
        var response = new MockHttpServletResponse();
        new TraceFilter((OpenTelemetryTraces) by).doFilter(request, response, (_, answer) -> {
            work.run();
            ((HttpServletResponse) answer).setStatus(201);
        });
    }

    private Map<String, String> headers(Traces by) {
        Map<String, String> headers = new HashMap<>();
        by.headers(headers::put);
        return headers;
    }

    @Test
    void aRequestIsPartOfTheTraceThatItsCallerNames() throws Exception {
        Map<String, String> passedOn = new HashMap<>();
        serve(traces, "PUT", "/v1/kv/a", CALLER, () -> passedOn.putAll(headers(traces)));

        SpanData span = shown.getFinishedSpanItems().getFirst();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(passedOn)
                .containsEntry("traceparent", "00-" + TRACE + "-" + span.getSpanId() + "-01")
                .containsEntry("tracestate", "vendor=1");
    }

    @Test
    void aRequestOfNoTraceBeginsOneAndACallBetweenNodesDoesNot() throws Exception {
        serve(
                traces,
                "GET",
                "/sync/state",
                null,
                () -> assertThat(headers(traces)).isEmpty());
        assertThat(shown.getFinishedSpanItems()).isEmpty();

        serve(traces, "GET", "/v1/kv/a", null, () -> assertThat(headers(traces)).containsKey("traceparent"));
        assertThat(shown.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void aTraceThatItsCallerDoesNotShowIsPassedOnAndNotShown() throws Exception {
        Map<String, String> passedOn = new HashMap<>();
        serve(traces, "PUT", "/v1/kv/a", NOT_SHOWN, () -> {
            try (var _ = traces.call("call", List.of(traces.here()), Function.identity())) {
                passedOn.putAll(headers(traces));
            }
        });

        assertThat(passedOn.get("traceparent")).startsWith("00-" + TRACE).endsWith("-00");
        assertThat(shown.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void aCallForOneRequestIsAPartOfItAndOneForSeveralIsLinkedToEach() throws Exception {
        List<Place> places = new CopyOnWriteArrayList<>();
        serve(traces, "PUT", "/v1/kv/a", CALLER, () -> places.add(traces.here()));
        serve(traces, "PUT", "/v1/kv/b", null, () -> places.add(traces.here()));
        List<SpanData> requests = shown.getFinishedSpanItems();
        shown.reset();

        traces.call("one", List.of(places.getFirst(), Place.NOWHERE), Function.identity())
                .close();
        // None begun here is shown, but this one is, since its requests are.
        traces(0)
                .call("several", List.of(places.getFirst(), places.getLast(), places.getLast()), Function.identity())
                .close();
        traces.call("none", List.of(Place.NOWHERE), Function.identity()).close();

        assertThat(shown.getFinishedSpanItems()).extracting(SpanData::getName).containsExactly("one", "several");
        SpanData one = shown.getFinishedSpanItems().getFirst();
        SpanData several = shown.getFinishedSpanItems().getLast();
        assertThat(one.getParentSpanId()).isEqualTo(requests.getFirst().getSpanId());
        assertThat(one.getLinks()).isEmpty();
        assertThat(several.getParentSpanContext().isValid()).isFalse();
        assertThat(several.getLinks())
                .extracting(LinkData::getSpanContext)
                .containsExactlyElementsOf(
                        requests.stream().map(SpanData::getSpanContext).toList());
    }

    @Test
    void anotherThreadGoesOnWhereThisOneIsAndLogLinesNameTheTraceMeanwhile() throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            serve(traces, "PUT", "/v1/kv/a", CALLER, () -> {
                Place here = traces.here();
                var there = threads.submit(traces.carry(() -> {
                    assertThat(MDC.get("traceId")).isEqualTo(TRACE);
                    return traces.here();
                }));
                assertThat(there).succeedsWithin(PATIENCE).isEqualTo(here);
                assertThat(MDC.get("traceId")).isEqualTo(TRACE);
            });

            assertThat(MDC.get("traceId")).isNull();
            assertThat(threads.submit(() -> MDC.get("traceId")))
                    .succeedsWithin(PATIENCE)
                    .isNull();
        }
    }

    @Test
    void whatFailsIsShownAsFailed() throws Exception {
        serve(traces, "PUT", "/v1/kv/a", CALLER, () -> {
            try (Traces.Span part = traces.part("part")) {
                part.failed("no answer");
            }
        });

        assertThat(shown.getFinishedSpanItems().getFirst().getStatus())
                .isEqualTo(StatusData.create(io.opentelemetry.api.trace.StatusCode.ERROR, "no answer"));
        assertThat(shown.getFinishedSpanItems().getLast().getStatus()).isEqualTo(StatusData.unset());
    }

    @Test
    void callsOfEitherKindSayWhereTheyBelongAndWithoutTracesTheySayNothing() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("traceparent"));
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        try {
            for (Traces by : List.of(traces, Traces.OFF)) {
                StoreApi store = store(by, server.getAddress().getPort());
                serve(traces, "GET", "/v1/kv/a", CALLER, () -> {
                    ignoring(() -> store.batch(new byte[1], null));
                    ignoring(store::fence);
                });
            }
        } finally {
            server.stop(0);
        }

        String span =
                "00-" + TRACE + "-" + shown.getFinishedSpanItems().getFirst().getSpanId() + "-01";
        assertThat(heard)
                .containsExactly(
                        "/store/batch " + span, "/store/fence " + span, "/store/batch null", "/store/fence null");
    }

    private static StoreApi store(Traces by, int port) {
        return new PeerClients(
                        RestClient.builder(),
                        new Credentials(new ClusterSecret("a secret of sixteen or more")),
                        Failpoints.NONE,
                        by)
                .proxy(
                        StoreApi.class,
                        new NodeAddress("store-0", URI.create("http://127.0.0.1:" + port)),
                        PATIENCE,
                        PATIENCE);
    }

    private static void ignoring(Runnable call) {
        try {
            call.run();
        } catch (RestClientException refused) {
            // What is answered does not matter here.
        }
    }
}
