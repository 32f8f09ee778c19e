package io.ringstore.process;

import io.ringstore.history.Logged;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A client that watches the whole log, and resumes after the last event it got whenever its connection ends. */
final class LogWatcher implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final URI gateway;
    private final int hangsUpAfter;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private volatile String lastEventId;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closed;

    /** One record as an event told it. */
    record Seen(long revision, String requestId, String key, String value) {

        static Seen of(Logged record) {
            return new Seen(record.revision(), record.requestId(), record.key(), record.value());
        }
    }

    /**
     * Watches from a revision on.
     *
     * @param hangsUpAfter records after which it ends its connection itself
     */
    LogWatcher(URI gateway, long from, int hangsUpAfter) {
        this.gateway = gateway;
        this.hangsUpAfter = hangsUpAfter;
        this.lastEventId = String.valueOf(from - 1);
        Thread.ofVirtual().start(this::live);
    }

    /** Every record it was told of, in the order in which that happened. */
    List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** How often it was let in. */
    int connections() {
        return connections.get();
    }

    private void live() {
        while (!closed) {
            try {
                watch();
            } catch (IOException ended) {
                // resumed below
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void watch() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/watch"))
                .header("Last-Event-ID", lastEventId)
                .build();
        HttpResponse<java.io.InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                return;
            }
            connections.incrementAndGet();
            read(lines);
        }
    }

    /** Records count once the event with their revision as its id is there; those of a transaction come before it. */
    private void read(BufferedReader lines) throws IOException {
        int records = 0;
        List<Seen> revision = new ArrayList<>();
        String id = lastEventId;
        String event = "";
        for (String line = lines.readLine(); line != null && records < hangsUpAfter; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("data: ") && event.equals("put")) {
                revision.add(seen(JSON.readTree(line.substring(6))));
                records++;
            } else if (line.isEmpty() && !id.equals(lastEventId)) {
                seen.addAll(revision);
                revision.clear();
                lastEventId = id;
            }
        }
    }

    private static Seen seen(JsonNode record) {
        return new Seen(
                record.get("revision").asLong(),
                record.get("requestId").asString(),
                record.get("key").asString(),
                record.get("value").asString());
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
    }
}
