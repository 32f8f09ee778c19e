package io.ringstore.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTests {

    private static final long CHUNKED = 0;
    private static final String THREE_RESULTS =
            "{\"results\":[{\"status\":\"COMMITTED\"},{\"status\":\"COMMITTED\"},{\"status\":\"%s\"}]}";

    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void leave() {
        server.stop(0);
    }

    @Test
    void everyClientWritesItsOwnKeyOnOneConnection() throws Exception {
        answer(201, "{}", 2);

        Measurement writes = run(plan(1, 0), 3).getFirst();

        assertThat(writes.clients()).isEqualTo(3);
        assertThat(writes.failed()).isZero();
        assertThat(writes.perSecond()).isPositive();
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "PUT /v1/kv/bench-0 xxxx", "PUT /v1/kv/bench-1 xxxx", "PUT /v1/kv/bench-2 xxxx");
        assertThat(connections).hasSize(3);
    }

    @Test
    void aChunkedAnswerIsReadToItsEnd() throws Exception {
        answer(200, "{}", CHUNKED);

        assertThat(run(plan(1, 0), 1).getFirst().failed()).isZero();
        assertThat(served.get()).isGreaterThan(1);
        assertThat(connections).hasSize(1);
    }

    @Test
    void aReaderPutsItsKeyOnceAndThenReadsItWithTheConsistencyThatIsMeasured() throws Exception {
        answer(200, "{}", 2);

        List<Measurement> all = run(plan(1, 100), 1);

        assertThat(all).extracting(Measurement::work).containsExactly("read");
        assertThat(seen).containsExactlyInAnyOrder("PUT /v1/kv/bench-0 xxxx", "GET /v1/kv/bench-0?consistency=local ");
    }

    @Test
    void anArrayCountsByItsValuesAndOnlyIfAllAreWritten() throws Exception {
        String all = THREE_RESULTS.formatted("COMMITTED");
        answer(200, all, all.length());

        assertThat(run(plan(3, 0), 1).getFirst().failed()).isZero();

        String some = THREE_RESULTS.formatted("REJECTED");
        server.removeContext("/");
        answer(200, some, some.length());

        Measurement refused = run(plan(3, 0), 1).getFirst();
        assertThat(refused.failures()).containsOnlyKeys("written 2 of 3");
        assertThat(refused.perSecond()).isZero();
    }

    /** The stub's meters say that a write took 5 ms in the gateway: 1 waiting, 2 in the ring and 1.5 in the store. */
    @Test
    void stagesAddUpToWhatClientsSaw() throws Exception {
        answer(201, "{}", 2);
        server.createContext("/meters", exchange -> {
            respond(exchange, 200, meters(10 * looks.incrementAndGet()), CHUNKED);
        });

        Measurement writes =
                run(plan(1, 0), 1, List.of(address().resolve("/meters"))).getFirst();

        assertThat(writes.stages().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(writes.mean(), within(1e-6));
        assertThat(writes.stages().get("the rest of the gateway")).isCloseTo(0.5, within(1e-6));
        assertThat(writes.servers().get("writes per batch of the ring")).isEqualTo(4);
    }

    private static String meters(int writes) {
        return """
                # HELP ringstore_gateway_writes_seconds how long
                ringstore_gateway_writes_seconds_count{cluster="ringstore",node="client-0",outcome="committed"} %1$d
                ringstore_gateway_writes_seconds_sum{cluster="ringstore",node="client-0",outcome="committed"} %2$s
                ringstore_gateway_writes_seconds_sum{cluster="ringstore",node="client-0",outcome="unknown"} 77.0
                ringstore_gateway_stage_seconds_total{cluster="ringstore",node="client-0",stage="queue"} %3$s
                ringstore_gateway_stage_seconds_total{cluster="ringstore",node="client-0",stage="ring"} %4$s
                ringstore_gateway_stage_seconds_total{cluster="ringstore",node="client-0",stage="store"} %5$s
                ringstore_ring_batch_size_requests_count{cluster="ringstore",node="sync-0"} %1$d
                ringstore_ring_batch_size_requests_sum{cluster="ringstore",node="sync-0"} %6$d
                """.formatted(writes, writes * 0.005, writes * 0.001, writes * 0.002, writes * 0.0015, writes * 4);
    }

    private static Plan plan(int records, int readShare) {
        return new Plan(
                4, records, readShare, true, new Pace.AfterTheLast(), Duration.ofMillis(50), Duration.ofMillis(300));
    }

    private List<Measurement> run(Plan plan, int clients) throws Exception {
        return run(plan, clients, List.of());
    }

    private List<Measurement> run(Plan plan, int clients, List<URI> meters) throws Exception {
        List<Long> pids = List.of(ProcessHandle.current().pid());
        Target target = new Target("stub", Target.Kind.RINGSTORE, address().toString(), pids, meters);
        return new Load(target, clients, plan, (_, _, _, _) -> {}).run();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(int status, String body, long length) {
        server.createContext("/", exchange -> {
            note(exchange);
            respond(exchange, status, body, length);
        });
    }

    private static void respond(HttpExchange exchange, int status, String body, long length) throws IOException {
        exchange.sendResponseHeaders(status, length);
        try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void note(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        served.incrementAndGet();
        connections.add(exchange.getRemoteAddress());
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    }
}
