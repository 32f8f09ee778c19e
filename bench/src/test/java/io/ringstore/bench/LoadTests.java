package io.ringstore.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTests {

    private static final long CHUNKED = 0;

    private final AtomicInteger served = new AtomicInteger();
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
        answer(201, "{}".length());

        Result result = run(3);

        assertThat(result.clients()).isEqualTo(3);
        assertThat(result.failed()).isZero();
        assertThat(result.nanos().getTotalCount()).isPositive().isLessThanOrEqualTo(served.get());
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "PUT /v1/kv/bench-0 xxxx", "PUT /v1/kv/bench-1 xxxx", "PUT /v1/kv/bench-2 xxxx");
        assertThat(connections).hasSize(3);
    }

    @Test
    void aChunkedAnswerIsReadToItsEnd() throws Exception {
        answer(200, CHUNKED);

        Result result = run(1);

        assertThat(result.failed()).isZero();
        assertThat(result.nanos().getTotalCount()).isGreaterThan(1);
    }

    @Test
    void aRefusedWriteIsAFailureAndNotAFastWrite() throws Exception {
        answer(503, "{}".length());

        Result result = run(1);

        assertThat(result.nanos().getTotalCount()).isZero();
        assertThat(result.failures()).containsOnlyKeys("status 503");
    }

    @Test
    void aReaderPutsItsKeyOnceAndThenReadsItWithTheConsistencyThatIsMeasured() throws Exception {
        answer(200, "{}".length());

        Result result = run(Work.READ_LOCAL, 1);

        assertThat(result.nanos().getTotalCount()).isPositive();
        assertThat(seen).containsExactlyInAnyOrder("PUT /v1/kv/bench-0 xxxx", "GET /v1/kv/bench-0?consistency=local ");
    }

    private Result run(int clients) throws InterruptedException {
        return run(Work.WRITE, clients);
    }

    private Result run(Work work, int clients) throws InterruptedException {
        URI target = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Load(new Plan(work, target, clients, 4, Duration.ofMillis(300))).run();
    }

    private void answer(int status, long length) {
        server.createContext("/", exchange -> {
            note(exchange);
            exchange.sendResponseHeaders(status, length);
            try (var body = exchange.getResponseBody()) {
                body.write("{}".getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    private void note(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        served.incrementAndGet();
        connections.add(exchange.getRemoteAddress());
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    }
}
