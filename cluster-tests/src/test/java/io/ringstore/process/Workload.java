package io.ringstore.process;

import io.ringstore.history.Observation;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.ReadSeen;
import io.ringstore.history.Observation.WriteSeen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Clients that write and read through the gateway all the time and remember what they saw.
 *
 * <p>A client retries under the same idempotency key until it knows how its write ended, as api.md asks it to.
 */
public final class Workload implements AutoCloseable {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final int KEYS = 5;
    private static final Duration ONE_CALL = Duration.ofSeconds(8);
    private static final Duration ONE_WRITE = Duration.ofSeconds(60);

    /** A client that got no answer at all does not ask again at once: a dead gateway would be asked thousands of times. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final double TRANSACTION_SHARE = 0.25;
    private static final double READ_SHARE = 0.1;

    private final int run = RUNS.incrementAndGet();
    private final URI gateway;
    private final Duration think;
    private final HttpClient http;
    private final List<Observation> seen = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> clients = new ArrayList<>();

    private Workload(URI gateway, Duration think) {
        this.gateway = gateway;
        this.think = think;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Starts clients, each of which writes until it has written often enough or the workload is finished. */
    public static Workload start(URI gateway, int clients, int writesEach) {
        return start(gateway, clients, writesEach, Duration.ZERO);
    }

    /** As above, with clients that think before each write. */
    static Workload start(URI gateway, int clients, int writesEach, Duration think) {
        Workload workload = new Workload(gateway, think);
        for (int client = 0; client < clients; client++) {
            int number = client;
            workload.clients.add(workload.threads.submit(() -> workload.live(number, writesEach)));
        }
        return workload;
    }

    /** How many writes were acknowledged so far. @throws ExecutionException if a client met something it cannot explain */
    public int acknowledged() throws ExecutionException, InterruptedException {
        for (Future<?> client : clients) {
            if (client.isDone()) {
                client.get();
            }
        }
        return acknowledged.get();
    }

    /** Waits until every client has written all it wanted to. */
    public List<Observation> awaitAll(Duration patience)
            throws InterruptedException, TimeoutException, ExecutionException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Future<?> client : clients) {
            client.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        return List.copyOf(seen);
    }

    /** Lets each client finish what it is doing, and no more. */
    public List<Observation> finish() throws InterruptedException, TimeoutException, ExecutionException {
        stopped.set(true);
        return awaitAll(ONE_WRITE.plus(ONE_CALL));
    }

    private void live(int client, int writes) {
        SplittableRandom random = new SplittableRandom(client);
        for (int i = 0; i < writes && !stopped.get(); i++) {
            int number = random.nextInt(KEYS);
            String key = "R" + (1 + number);
            if (random.nextDouble() < READ_SHARE) {
                read(key);
            }
            String id = "w%d-c%d-%d".formatted(run, client, i);
            boolean two = random.nextDouble() < TRANSACTION_SHARE;
            write(client, id, two ? Map.of(key, id, "R" + (1 + (number + 1) % KEYS), id + "+") : Map.of(key, id));
            think();
        }
    }

    private void think() {
        try {
            Thread.sleep(think);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Of one key; of several, as a transaction. */
    private void write(int client, String id, Map<String, String> puts) {
        long invokedAt = System.nanoTime();
        boolean doubtful = false;
        while (System.nanoTime() - invokedAt < ONE_WRITE.toNanos()) {
            switch (attempt(client, id, puts)) {
                case Attempt.Committed(long revision) -> {
                    acknowledged.incrementAndGet();
                    saw(id, puts, invokedAt, System.nanoTime(), new End.Acknowledged(revision));
                    return;
                }
                case Attempt.Refused() -> {}
                case Attempt.Unknown() -> doubtful = true;
            }
        }
        End end = doubtful ? new End.Unknown() : new End.Refused();
        saw(id, puts, invokedAt, doubtful ? Observation.NEVER : System.nanoTime(), end);
    }

    private void saw(String id, Map<String, String> puts, long invokedAt, long completedAt, End end) {
        puts.forEach((key, value) -> seen.add(new WriteSeen(id, key, value, invokedAt, completedAt, end)));
    }

    /** How one attempt of a write ended. */
    private sealed interface Attempt {
        record Committed(long revision) implements Attempt {}

        record Refused() implements Attempt {}

        record Unknown() implements Attempt {}
    }

    private HttpRequest request(String id, Map<String, String> puts) {
        if (puts.size() == 1) {
            String key = puts.keySet().iterator().next();
            return HttpRequest.newBuilder(gateway.resolve("/v1/kv/" + key))
                    .PUT(BodyPublishers.ofString(id))
                    .build();
        }
        String steps = puts.entrySet().stream()
                .map(put -> "{\"op\":\"put\",\"key\":\"%s\",\"value\":\"%s\"}".formatted(put.getKey(), put.getValue()))
                .collect(Collectors.joining(","));
        return HttpRequest.newBuilder(gateway.resolve("/v1/txn"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"then\":[" + steps + "]}"))
                .build();
    }

    private Attempt attempt(int client, String id, Map<String, String> puts) {
        HttpRequest request = HttpRequest.newBuilder(request(id, puts), (_, _) -> true)
                .timeout(ONE_CALL)
                .header("Idempotency-Key", id)
                .header("Ringstore-Client", "C" + client)
                .build();
        HttpResponse<String> response = send(request);
        if (response == null) {
            return new Attempt.Unknown();
        }
        return switch (response.statusCode()) {
            case 200, 201 ->
                new Attempt.Committed(Long.parseLong(
                        response.headers().firstValue("Ringstore-Revision").orElseThrow()));
            case 429, 503 -> new Attempt.Refused();
            case 504 -> new Attempt.Unknown();
            default ->
                throw new AssertionError("a write was answered " + response.statusCode() + ": " + response.body());
        };
    }

    private void read(String key) {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/kv/" + key))
                .timeout(ONE_CALL)
                .build();
        long invokedAt = System.nanoTime();
        HttpResponse<String> response = send(request);
        long completedAt = System.nanoTime();
        if (response != null && response.statusCode() == 200) {
            String etag = response.headers().firstValue("ETag").orElseThrow();
            long revision = Long.parseLong(etag.replace("\"", ""));
            seen.add(new ReadSeen(key, revision, response.body(), invokedAt, completedAt));
        } else if (response != null && response.statusCode() == 404) {
            seen.add(new ReadSeen(key, 0, null, invokedAt, completedAt));
        }
    }

    private @Nullable HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException noAnswer) {
            LockSupport.parkNanos(PAUSE.toNanos());
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.shutdownNow();
        http.shutdownNow();
    }
}
