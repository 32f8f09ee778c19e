package io.ringstore.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryingClientsTests {

    @Test
    void theLongestSilenceIsBetweenTwoAcknowledgements() {
        LongestSilence silence = new LongestSilence(100);
        silence.acknowledged(110);
        silence.acknowledged(150);
        silence.acknowledged(155);

        assertThat(silence.take(160)).isEqualTo(40);
    }

    @Test
    void silenceThatHasNotEndedCounts() {
        assertThat(new LongestSilence(100).take(170)).isEqualTo(70);
    }

    @Test
    void whatWasTakenIsForgotten() {
        LongestSilence silence = new LongestSilence(100);
        silence.take(170);
        silence.acknowledged(180);

        assertThat(silence.take(185)).isEqualTo(10);
    }

    /** Acknowledgements that were noted in another order than they came are no silence. */
    @Test
    void timeDoesNotGoBack() {
        LongestSilence silence = new LongestSilence(100);
        silence.acknowledged(150);
        silence.acknowledged(140);

        assertThat(silence.take(160)).isEqualTo(50);
    }

    @Test
    void aWriteIsRetriedUnderItsKeyUntilItIsAcknowledged() throws Exception {
        Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        Set<String> shown = ConcurrentHashMap.newKeySet();
        CountDownLatch acknowledged = new CountDownLatch(3);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            shown.add(exchange.getRequestHeaders().getFirst("Authorization"));
            int attempt =
                    attempts.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
            exchange.sendResponseHeaders(attempt < 3 ? 503 : 201, -1);
            exchange.close();
            if (attempt == 3) {
                acknowledged.countDown();
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        try {
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            URI gateway = URI.create("http://localhost:" + server.getAddress().getPort());
            new RetryingClients(gateway, new ApiToken("mine"))
                    .run(2, after(acknowledged), new PrintStream(answers, true, StandardCharsets.UTF_8));

            assertThat(answers.toString(StandardCharsets.UTF_8)).matches("\\d+ [1-9]\\d*\n");
            assertThat(attempts.values()).allMatch(count -> count.get() <= 3);
            assertThat(shown).containsExactly("Bearer mine");
        } finally {
            server.stop(0);
        }
    }

    /** One command, once enough has happened. */
    private static BufferedReader after(CountDownLatch happened) {
        return new BufferedReader(new StringReader("how long?\n")) {
            @Override
            public String readLine() throws IOException {
                try {
                    if (!happened.await(30, TimeUnit.SECONDS)) {
                        throw new IOException("nothing was acknowledged");
                    }
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
                return super.readLine();
            }
        };
    }
}
