package io.ringstore.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes now and then, so that the token travels; whatever becomes of it. */
final class Trickle implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread writer;

    Trickle(URI gateway) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest put = HttpRequest.newBuilder(gateway.resolve("/v1/kv/trickle"))
                .timeout(Duration.ofSeconds(10))
                .PUT(BodyPublishers.ofString("drop"))
                .build();
        writer = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                try {
                    http.send(put, BodyHandlers.discarding());
                    Thread.sleep(PAUSE);
                } catch (IOException notNow) {
                    // the next one may get through
                } catch (InterruptedException stopping) {
                    return;
                }
            }
        });
    }

    @Override
    public void close() throws InterruptedException {
        over.set(true);
        writer.join();
    }
}
