package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.client.watch.RingListeners;
import io.ringstore.client.watch.WatchHub;
import io.ringstore.client.web.Stream.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Watchers that do not keep up are no burden to anybody else, and no stream ends without a reason given, if it can be. */
@WebTest
@Import(SlowWatcherTests.LittleRoomInTheKernel.class)
@TestPropertySource(properties = "ringstore.watch.patience=1s")
class SlowWatcherTests {

    private static final String LARGE = "x".repeat(128 << 10);

    @Autowired
    private RawHttp http;

    @Autowired
    private WatchHub hub;

    @Autowired
    private RingListeners listeners;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    private final List<Socket> open = new ArrayList<>();

    /** Otherwise megabytes are sent before anybody notices that they are not taken. */
    @TestConfiguration(proxyBeanMethods = false)
    static class LittleRoomInTheKernel {

        @Bean
        WebServerFactoryCustomizer<TomcatWebServerFactory> smallSendBuffers() {
            return factory ->
                    factory.addConnectorCustomizers(connector -> connector.setProperty("socket.txBufSize", "16384"));
        }
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        awaitWatchers(0);
    }

    private Socket watcher(String prefix) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("localhost", port));
        String head = "GET /v1/watch?prefix=" + prefix + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        assertThat(lines(socket).lines().anyMatch("event: progress"::equals)).isTrue();
        return socket;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
    }

    private String put(String key) {
        return http.put("/v1/kv/" + key, LARGE.getBytes(StandardCharsets.US_ASCII))
                .header("ringstore-revision");
    }

    private void awaitWatchers(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> watchers() == count);
    }

    private int watchers() {
        return (int) meters.get("ringstore.watch.open")
                .tag("kind", "watcher")
                .gauge()
                .value();
    }

    private double ended(String reason) {
        return meters.get("ringstore.watch.ended")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void manyThatTakeNothingAreLetGoAndMeanwhileEverybodyElseIsServed() throws IOException {
        for (int i = 0; i < 50; i++) {
            watcher("stuck/");
        }
        try (Stream other = new Stream(port, "/v1/watch?prefix=stuck/")) {
            other.next("progress");
            List<String> revisions =
                    IntStream.range(0, 20).mapToObj(_ -> put("stuck/k")).toList();

            assertThat(other.records(20)).extracting(Event::id).containsExactlyElementsOf(revisions);
            awaitWatchers(1);
        }
    }

    @Test
    void oneThatTakesItTooSlowlyIsToldThatItWas() throws IOException {
        double before = ended("too-slow");
        Socket slow = watcher("slow/");
        for (int i = 0; i < 3; i++) {
            put("slow/k");
        }
        byte[] piece = new byte[2_048];
        StringBuilder last = new StringBuilder();
        Awaitility.await("the end")
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(25))
                .until(() -> {
                    int count = slow.getInputStream().read(piece);
                    last.append(new String(piece, 0, Math.max(count, 0), StandardCharsets.UTF_8));
                    return count < 0;
                });

        assertThat(last).containsSubsequence("event: end", "https://ringstore.io/problems/too-slow");
        assertThat(ended("too-slow")).isEqualTo(before + 1);
    }

    @Test
    void whenTheGatewayStopsEachStreamIsTold() throws IOException {
        Socket silent = watcher("leaving/");
        try (Stream ring = new Stream(port, "/v1/ring/events")) {
            assertThat(ring.next().comment()).isEqualTo("heartbeat");
            hub.stop();
            listeners.stop();

            awaitWatchers(0);
            assertThat(lines(silent).lines()).contains("event: end").anyMatch(line -> line.contains("shutting-down"));
            assertThat(ring.next("end").data()).contains("shutting-down");
            assertThat(http.request("GET", "/v1/watch").status()).isEqualTo(429);
        } finally {
            hub.start();
            listeners.start();
        }
    }
}
