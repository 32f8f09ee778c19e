package io.ringstore.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that write one after the other, each write under one idempotency key until it is acknowledged, and how long
 * none of them was answered: what somebody sees who watches a fault from outside.
 */
final class RetryingClients {

    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final Duration RETRY_AFTER = Duration.ofMillis(5);

    private final URI gateway;
    private final ApiToken token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final LongestSilence silence = new LongestSilence(System.nanoTime());
    private final AtomicLong acknowledged = new AtomicLong();

    RetryingClients(URI gateway, ApiToken token) {
        this.gateway = gateway;
        this.token = token;
    }

    /**
     * Writes until there are no more commands. Each line of the input is answered with one line: the longest silence
     * since the line before, in milliseconds, and how many writes were acknowledged so far.
     */
    void run(int clients, BufferedReader commands, PrintStream answers) throws IOException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (int client = 0; client < clients; client++) {
                URI target = gateway.resolve("/v1/kv/recovery-" + client);
                threads.execute(() -> write(target));
            }
            while (commands.readLine() != null) {
                long millis = TimeUnit.NANOSECONDS.toMillis(silence.take(System.nanoTime()));
                answers.println(millis + " " + acknowledged.get());
                answers.flush();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void write(URI target) {
        while (!Thread.currentThread().isInterrupted()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(target)
                    .timeout(ANSWER)
                    .header("Content-Type", "text/plain")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .PUT(BodyPublishers.ofString("recovery"));
            if (token.isGiven()) {
                request.header("Authorization", token.header());
            }
            if (isAcknowledgedInTheEnd(request.build())) {
                silence.acknowledged(System.nanoTime());
                acknowledged.incrementAndGet();
            }
        }
    }

    private boolean isAcknowledgedInTheEnd(HttpRequest request) {
        boolean done = isAcknowledged(request);
        while (!done && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(RETRY_AFTER.toNanos());
            done = isAcknowledged(request);
        }
        return done;
    }

    private boolean isAcknowledged(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException noAnswer) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
