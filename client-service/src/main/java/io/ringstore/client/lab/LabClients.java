package io.ringstore.client.lab;

import io.ringstore.client.gateway.NotAdmitted;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteOrder;
import io.ringstore.history.Observation;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Clients that write through this gateway, one request at a time each, under one request id until its end is known. */
final class LabClients implements AutoCloseable {

    private static final long ONE_ATTEMPT_MILLIS = 8_000;
    private static final Duration ONE_WRITE = Duration.ofSeconds(60);
    private static final long AFTER_REFUSAL_MILLIS = 20;
    private static final long NAP_MILLIS = 50;

    private final Writer writer;
    private final String run;
    private final Tally tally;
    private final BooleanSupplier stopped;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> living = new ArrayList<>();

    /** Writes and waits for the end. */
    @FunctionalInterface
    interface Writer {
        /**
         * Writes.
         *
         * @param node the sync node that the client knows; empty for one that leaves it to the gateway
         * @throws NotAdmitted if it was not even begun
         */
        WriteAnswer write(OptionalInt node, WriteOrder order, long patienceMillis);
    }

    /**
     * Makes no clients yet.
     *
     * @param run begins every request id
     */
    LabClients(Writer writer, String run, Tally tally, BooleanSupplier stopped) {
        this.writer = writer;
        this.run = run;
        this.tally = tally;
        this.stopped = stopped;
    }

    void add(Habit habit) {
        int number = living.size() + 1;
        living.add(threads.submit(() -> live(number, habit)));
    }

    /** Waits until each client has made its writes or, once stopped, ended the one it was at. */
    void awaitAll() throws InterruptedException {
        for (Future<?> client : living) {
            try {
                client.get();
            } catch (ExecutionException broken) {
                throw new IllegalStateException("a client of the lab broke", broken.getCause());
            }
        }
    }

    private void live(int client, Habit habit) {
        SplittableRandom random = new SplittableRandom();
        OptionalInt node = habit.knowsOneNode() ? OptionalInt.of(client - 1) : OptionalInt.empty();
        long began = System.nanoTime();
        for (long i = 0; i < habit.writes() && !stopped.getAsBoolean(); i++) {
            sleep(TimeUnit.NANOSECONDS.toMillis(habit.pace().untilNext(i, System.nanoTime() - began)));
            if (!stopped.getAsBoolean()) {
                String id = "%s-c%d-%d".formatted(run, client, i);
                write(node, "C" + client, id, "R" + (1 + random.nextInt(habit.resources())), habit.size());
            }
        }
    }

    private void write(OptionalInt at, String client, String id, String key, int size) {
        String value = size <= id.length() ? id : id + ".".repeat(size - id.length());
        WriteOrder order = new WriteOrder(
                id,
                client,
                InstantSource.system().millis(),
                null,
                "put",
                key,
                value.getBytes(StandardCharsets.UTF_8),
                "text/plain",
                null,
                null);
        long invokedAt = System.nanoTime();
        boolean doubtful = false;
        String node = null;
        End end = null;
        while (end == null && System.nanoTime() - invokedAt < ONE_WRITE.toNanos()) {
            WriteAnswer answer = attempt(at, order);
            node = answer == null ? node : answer.node();
            end = answer == null ? null : endOf(answer);
            doubtful |= end instanceof End.Unknown;
            end = end instanceof End.Acknowledged ? end : null;
            if (end == null) {
                nap(AFTER_REFUSAL_MILLIS);
            }
        }
        long now = System.nanoTime();
        End known = end != null ? end : doubtful ? new End.Unknown() : new End.Refused();
        long completedAt = known instanceof End.Unknown ? Observation.NEVER : now;
        tally.saw(new WriteSeen(id, key, value, invokedAt, completedAt, known), node, now);
    }

    /** Null if the gateway did not even begin. */
    private @Nullable WriteAnswer attempt(OptionalInt at, WriteOrder order) {
        try {
            return writer.write(at, order, ONE_ATTEMPT_MILLIS);
        } catch (NotAdmitted refused) {
            return null;
        }
    }

    private static End endOf(WriteAnswer answer) {
        Long revision = answer.result().revision();
        return switch (answer.result().status()) {
            case COMMITTED -> new End.Acknowledged(revision == null ? 0 : revision);
            case BUSY, QUEUE_FULL, FULL, NOT_READY, DEADLINE, FENCED, MISPLACED, UNKNOWN_EPOCH -> new End.Refused();
            case UNKNOWN -> new End.Unknown();
            case TRANSACTED,
                    PRECONDITION_FAILED,
                    NO_SUCH_KEY,
                    KEY_REUSED,
                    KEY_EXPIRED,
                    KEY_FROM_FUTURE,
                    READS_TOO_MUCH ->
                throw new IllegalStateException("a put without conditions was answered "
                        + answer.result().status());
        };
    }

    /** In short pieces, so that a client that is told to stop does so soon. */
    private void sleep(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis;
                left > 0 && !stopped.getAsBoolean();
                left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) {
            nap(Math.min(left, NAP_MILLIS));
        }
    }

    private static void nap(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
