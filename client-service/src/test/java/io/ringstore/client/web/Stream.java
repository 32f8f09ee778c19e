package io.ringstore.client.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The client's end of a stream of server-sent events. */
final class Stream implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<java.io.InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** One event, or a comment, which has no name. */
    record Event(String id, String name, String data, String comment) {

        static final Event END_OF_STREAM = new Event("", "end of stream", "", "");

        boolean isRecord() {
            return name.equals("put") || name.equals("delete");
        }
    }

    Stream(int port, String target, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + target))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            response = http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        Thread.startVirtualThread(this::read);
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            List<String> block = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    events.add(parse(block));
                    block.clear();
                } else {
                    block.add(line);
                }
            }
        } catch (IOException ended) {
            // as good as an end
        }
        events.add(Event.END_OF_STREAM);
    }

    private static Event parse(List<String> lines) {
        return new Event(field(lines, "id: "), field(lines, "event: "), field(lines, "data: "), field(lines, ": "));
    }

    private static String field(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }

    HttpResponse<?> response() {
        return response;
    }

    /** What comes next, comments included. */
    Event next() {
        try {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing came");
            }
            return event;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The next event of this name; what comes before it is passed over. */
    Event next(String name) {
        Event event = next();
        while (!event.name().equals(name)) {
            if (event.equals(Event.END_OF_STREAM)) {
                throw new AssertionError("the stream ended before " + name);
            }
            event = next();
        }
        return event;
    }

    /** The next so many events that tell of a record. */
    List<Event> records(int count) {
        return IntStream.range(0, count).mapToObj(_ -> nextRecord()).toList();
    }

    private Event nextRecord() {
        Event event = next();
        while (!event.isRecord()) {
            if (event.equals(Event.END_OF_STREAM)) {
                throw new AssertionError("the stream ended");
            }
            event = next();
        }
        return event;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
