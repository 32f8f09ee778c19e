package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.client.web.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Whoever is one too many, or sends more than there is room for, is told so at once, and what he asked for is not done. */
@WebTest
@TestPropertySource(
        properties = {
            "ringstore.gateway.max-requests=2",
            "ringstore.gateway.max-body-bytes=16777216",
            "ringstore.gateway.body-patience=60s",
            "server.tomcat.connection-timeout=60s"
        })
class RequestsAtOnceTests {

    private static final byte[] VALUE = {1};
    private static final byte[] LARGE_VALUE = new byte[200 << 10];
    private static final int LARGE_VALUES_AT_ONCE = 16_777_216 / (192 << 10);

    @Autowired
    private RawHttp http;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    private Socket unfinished(String key) throws IOException {
        Socket upload = new Socket(InetAddress.getLoopbackAddress(), port);
        String head = "PUT /v1/kv/" + key + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\na";
        upload.getOutputStream().write(head.getBytes(ISO_8859_1));
        return upload;
    }

    private void await(int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> http.request("GET", "/v1/ring").status() == status);
    }

    @Test
    void andIsServedOnceAnotherIsDone() throws IOException {
        try (Socket _ = unfinished("a");
                Socket _ = unfinished("b")) {
            await(429);
            Answer read = http.request("GET", "/v1/kv/a");
            assertProblem(read, 429, "too-many-requests", "\"retryable\":true");
            assertThat(read.header("retry-after")).isEqualTo("1");
            assertProblem(http.put("/v1/kv/c", VALUE), 429, "\"outcome\":\"not-applied\"");
        }
        await(200);
        assertThat(http.put("/v1/kv/c", VALUE).status()).isEqualTo(201);
    }

    @Test
    void aLargeBodyIsRefusedAsLongAsOthersTakeTheRoomAndASmallOneNever() throws IOException {
        try (Socket upload = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head =
                    "POST /v1/writes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ";
            upload.getOutputStream().write((head + Bodies.MAX_JSON + "\r\n\r\n").getBytes(ISO_8859_1));
            upload.getOutputStream().write(" ".repeat(Bodies.MAX_JSON - 1).getBytes(ISO_8859_1));
            awaitLargePut(429);
            Answer refused = http.put("/v1/kv/large", LARGE_VALUE);
            assertProblem(refused, 429, "too-many-writes", "\"outcome\":\"not-applied\"");
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(http.put("/v1/kv/small", VALUE).status()).isEqualTo(201);
        }
        awaitLargePut(201);
        for (int i = 0; i < LARGE_VALUES_AT_ONCE + 1; i++) { // each gives back what it took, or one would find none
            assertThat(http.put("/v1/kv/large-again-" + i, LARGE_VALUE).status())
                    .isEqualTo(201);
        }
    }

    /** Each under a key of its own, so that who is taken is created. */
    private void awaitLargePut(int status) {
        AtomicInteger attempt = new AtomicInteger();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            String key = "/v1/kv/large-" + status + "-" + attempt.incrementAndGet();
            return http.put(key, LARGE_VALUE).status() == status;
        });
    }

    @Test
    void whoWatchesIsNotCounted() {
        try (Stream first = new Stream(port, "/v1/watch");
                Stream second = new Stream(port, "/v1/watch");
                Stream third = new Stream(port, "/v1/watch")) {
            for (Stream stream : new Stream[] {first, second, third}) {
                stream.next("progress");
            }
            assertThat(http.request("GET", "/v1/ring").status()).isEqualTo(200);
        }
    }

    /** Nor are all who are answered when the key changes; and a place that was given back twice would be one too many. */
    @Test
    void norIsWhoWaitsForAKey() throws Exception {
        List<CompletableFuture<Answer>> polls = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            int count = i;
            polls.add(CompletableFuture.supplyAsync(
                    () -> http.request("GET", "/v1/kv/awaited?wait=9s", "If-None-Match: \"0\""),
                    Thread::startVirtualThread));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> polling() == count);
            await(200);
        }
        assertThat(http.put("/v1/kv/awaited", VALUE).status()).isEqualTo(201);
        for (CompletableFuture<Answer> poll : polls) {
            assertThat(poll.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        }

        try (Socket _ = unfinished("a");
                Socket _ = unfinished("b")) {
            await(429);
        }
    }

    private int polling() {
        return (int)
                meters.get("ringstore.watch.open").tag("kind", "poll").gauge().value();
    }
}
