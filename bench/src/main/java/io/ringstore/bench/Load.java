package io.ringstore.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Runs the clients of a plan side by side, each on a connection and a virtual thread of its own. */
final class Load {

    private final Plan plan;
    private final byte[] value;

    Load(Plan plan) {
        this.plan = plan;
        this.value = "x".repeat(plan.size()).getBytes(StandardCharsets.US_ASCII);
    }

    Result run() throws InterruptedException {
        long measureFrom = System.nanoTime() + plan.warmUp().toNanos();
        long until = measureFrom + plan.duration().toNanos();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result>> results = new ArrayList<>();
            for (int client = 0; client < plan.clients(); client++) {
                String key = "bench-" + client;
                results.add(clients.submit(() -> work(key, measureFrom, until)));
            }
            return sum(results);
        }
    }

    private Result sum(List<Future<Result>> results) throws InterruptedException {
        Result sum = Result.nothingYet(plan);
        for (Future<Result> result : results) {
            try {
                sum = sum.plus(result.get());
            } catch (ExecutionException broken) {
                throw new IllegalStateException("a client broke", broken.getCause());
            }
        }
        return sum;
    }

    /** One client: put its key, then ask, wait for the answer, ask again; a broken connection is a failure and is replaced. */
    private Result work(String key, long measureFrom, long until) {
        Histogram nanos = new Histogram(3);
        Map<String, Long> failures = new TreeMap<>();
        while (System.nanoTime() < until) {
            try (var connection = new KeyConnection(plan.target())) {
                String path = "/v1/kv/" + key;
                connection.send(connection.put(path, value));
                byte[] request = plan.work().request(connection, path, value);
                for (long begun = System.nanoTime(); begun < until; begun = System.nanoTime()) {
                    int status = connection.send(request);
                    long ended = System.nanoTime();
                    if (begun < measureFrom || ended > until) {
                        continue;
                    }
                    if (status / 100 == 2) {
                        nanos.recordValue(ended - begun);
                    } else {
                        failures.merge("status " + status, 1L, Long::sum);
                    }
                }
            } catch (IOException broken) {
                failures.merge(String.valueOf(broken.getMessage()), 1L, Long::sum);
            }
        }
        return new Result(1, plan.duration(), nanos, failures);
    }
}
