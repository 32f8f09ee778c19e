package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.process.TraceReceiver.Shown;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One write, seen in its trace at every service it passes, on a small cluster of real processes. */
class TracingTests {

    private static final String CALLER = "00f067aa0ba902b7";
    private static final String NOT_SEEN = "1af7651916cd43dd8448eb211c80319c";
    private static final String SEEN = "2af7651916cd43dd8448eb211c80319c";
    private static final String FAILED = "3af7651916cd43dd8448eb211c80319c";
    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private TraceReceiver collector;
    private Launcher launcher;

    @BeforeEach
    void start() throws Exception {
        collector = new TraceReceiver();
        launcher = new Launcher(home);
        launcher.set("RINGSTORE_SYNC_SIZE", "1");
        launcher.set("RINGSTORE_TRACING_ENABLED", "true");
        launcher.set("RINGSTORE_TRACING_ENDPOINT", collector.endpoint());
        launcher.run("up");
    }

    @AfterEach
    void stop() throws Exception {
        launcher.run("down");
        collector.close();
    }

    @Test
    void aWriteIsSeenFromTheGatewayToTheLogAndOnlyIfItsGatewayShowsIt() throws Exception {
        restartGateway("RINGSTORE_TRACING_ENABLED", "false");
        put(NOT_SEEN);
        restartGateway("RINGSTORE_TRACING_ENABLED", "true");
        put(SEEN);

        Awaitility.await().atMost(BOUND).untilAsserted(() -> {
            List<String> path = pathOf("commit", SEEN);
            assertThat(path)
                    .startsWith(
                            "client-0 PUT /v1/kv/**",
                            "client-0 sync batch",
                            "sync-0 POST /sync/writes",
                            "sync-0 store batch")
                    .last()
                    .asString()
                    .matches("store-\\d commit");
            assertThat(path.stream().filter(span -> span.endsWith("POST /store/batch")))
                    .as("once, or twice if it was forwarded")
                    .hasSizeBetween(1, 2);
        });
        assertThat(collector.ofTrace(NOT_SEEN)).isEmpty();
        assertThat(launcher.log("client-0")).doesNotContain(SEEN); // nothing to say about a write that works

        logLinesNameTheTrace();
    }

    private void logLinesNameTheTrace() throws Exception {
        launcher.run("stop", "sync-0");
        put(FAILED);
        assertThat(linesOf("sync node failed")).first().asString().contains("[" + FAILED + "-");

        restartGateway("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
        put(FAILED);
        assertThat(linesOf("sync node failed"))
                .first()
                .asString()
                .contains("\"traceId\":\"" + FAILED + "\"", "\"node\":\"client-0\"");
    }

    /** The spans that lead to the one of this name, outermost first, each with its node. */
    private List<String> pathOf(String name, String trace) {
        List<Shown> all = collector.ofTrace(trace);
        List<String> path = new ArrayList<>();
        Shown at = all.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElse(null);
        while (at != null) {
            path.addFirst(at.node() + " " + at.name());
            String parent = at.parent();
            at = all.stream()
                    .filter(span -> span.span().equals(parent))
                    .findFirst()
                    .orElse(null);
            if (at == null) {
                assertThat(parent).as("where the path begins").isEqualTo(CALLER);
            }
        }
        return path;
    }

    private List<String> linesOf(String text) throws IOException {
        return launcher.log("client-0")
                .lines()
                .filter(line -> line.contains(text))
                .toList();
    }

    private void restartGateway(String setting, String value) throws Exception {
        launcher.set(setting, value);
        launcher.run("restart", "client-0");
    }

    private void put(String trace) throws Exception {
        http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + launcher.clientPort() + "/v1/kv/traced"))
                        .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
                        .header("Prefer", "wait=1")
                        .PUT(HttpRequest.BodyPublishers.ofString(trace))
                        .build(),
                BodyHandlers.discarding());
    }
}
