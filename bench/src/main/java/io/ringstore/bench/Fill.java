package io.ringstore.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts very many keys by arrays of writes, each once; what is not taken is put again until it is, or until it is full. */
final class Fill {

    private static final int PER_CALL = 500;
    private static final int CONNECTIONS = 4;

    private final URI gateway;
    private final ApiToken token;
    private final int keys;
    private final String value;
    private final AtomicInteger nextCall = new AtomicInteger();

    Fill(URI gateway, ApiToken token, int keys, int size) {
        this.gateway = gateway;
        this.token = token;
        this.keys = keys;
        this.value = "x".repeat(size);
    }

    /** Prints how long it took, and how often each status came that an array or one of its writes may have. */
    void run(PrintStream out) throws InterruptedException {
        long begun = System.nanoTime();
        Map<String, Long> seen = new TreeMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<String, Long>>> parts = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                parts.add(threads.submit(this::work));
            }
            for (Future<Map<String, Long>> part : parts) {
                part.get().forEach((status, count) -> seen.merge(status, count, Long::sum));
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the gateway does not answer", broken.getCause());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        out.printf("%d keys in %.1f s, %.0f a second; %s%n", keys, seconds, keys / seconds, seen);
    }

    private Map<String, Long> work() throws IOException, InterruptedException {
        Map<String, Long> seen = new TreeMap<>();
        try (var connection = new KeyConnection(gateway, token)) {
            int call = nextCall.getAndIncrement();
            while (call * PER_CALL < keys) {
                String status = put(connection, call * PER_CALL);
                seen.merge(status, 1L, Long::sum);
                if (status.equals("taken") || status.equals("full")) {
                    call = nextCall.getAndIncrement();
                } else {
                    Thread.sleep(500);
                }
            }
        }
        return seen;
    }

    private String put(KeyConnection connection, int from) throws IOException {
        StringBuilder array = new StringBuilder("[");
        for (int key = from; key < Math.min(from + PER_CALL, keys); key++) {
            array.append(key == from ? "" : ",")
                    .append("{\"resource\":\"filled/%08d\",\"value\":\"%s\"}".formatted(key, value));
        }
        String writes = array.append(']').toString();
        String answer = connection
                .send(connection.request("POST", "/v1/writes", "application/json", writes))
                .text();
        if (answer.contains("store-full")) {
            return "full";
        }
        return answer.contains("\"COMMITTED\"") && !answer.contains("\"problem\"") ? "taken" : "refused";
    }
}
