package io.ringstore.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Several clients that write now and then, so that the token travels; whatever becomes of it.
 *
 * <p>No value is written twice: the cluster is shared with tests that take a second one for a write that was doubled.
 */
final class Trickle implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();

    Trickle(URI gateway) {
        HttpClient http = HttpClient.newHttpClient();
        for (int client = 0; client < CLIENTS; client++) {
            writers.execute(() -> write(http, gateway.resolve("/v1/kv/trickle")));
        }
    }

    private void write(HttpClient http, URI key) {
        while (!over.get()) {
            HttpRequest put = HttpRequest.newBuilder(key)
                    .timeout(Duration.ofSeconds(10))
                    .PUT(BodyPublishers.ofString("drop " + UUID.randomUUID()))
                    .build();
            try {
                http.send(put, BodyHandlers.discarding());
                Thread.sleep(PAUSE);
            } catch (IOException notNow) {
                // the next one may get through
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    @Override
    public void close() {
        over.set(true);
        writers.close();
    }
}
