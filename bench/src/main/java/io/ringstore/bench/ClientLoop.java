package io.ringstore.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What one client does from the beginning to the end of a measurement. */
final class ClientLoop {

    /** After a broken connection, so that a dead server is not asked a million times. */
    private static final long PAUSE_NANOS = 10_000_000;

    private final Plan plan;
    private final Caller.Source callers;
    private final int client;
    private final int clients;
    private final Time time;
    private final LongAdder succeeded;
    private final Seen seen = new Seen();
    private long call;

    /** Nanoseconds since the load began. */
    interface Time {
        long now();

        void sleepUntil(long nanos) throws InterruptedException;
    }

    ClientLoop(Plan plan, Caller.Source callers, int client, int clients, Time time, LongAdder succeeded) {
        this.plan = plan;
        this.callers = callers;
        this.client = client;
        this.clients = clients;
        this.time = time;
        this.succeeded = succeeded;
    }

    /** Asks and waits for the answer, again and again; a broken connection is a failure and is replaced. */
    Seen run() throws InterruptedException {
        while (due() < end() && time.now() < end()) {
            try (Caller caller = callers.open(client)) {
                while (due() < end() && time.now() < end()) {
                    ask(caller);
                }
            } catch (IOException broken) {
                failed(due(), String.valueOf(broken.getMessage()));
                call++;
                time.sleepUntil(time.now() + PAUSE_NANOS);
            }
        }
        countMissed();
        return seen;
    }

    private void ask(Caller caller) throws IOException, InterruptedException {
        long due = due();
        time.sleepUntil(due);
        boolean read = plan.isRead(call);
        Optional<String> refusal = read ? caller.read() : caller.write();
        call++;
        if (refusal.isPresent()) {
            failed(due, refusal.get());
            return;
        }
        succeeded.increment();
        if (isMeasured(due)) {
            seen.succeeded(read, time.now() - due);
        }
    }

    /** Calls that were due but whose turn never came are failures: else the slowest would not count. */
    private void countMissed() {
        long missed = 0;
        for (; due() < end(); call++) {
            missed += isMeasured(due()) ? 1 : 0;
        }
        if (missed > 0) {
            seen.failed("due, but not begun before the end", missed);
        }
    }

    private void failed(long due, String why) {
        if (isMeasured(due)) {
            seen.failed(why, 1);
        }
    }

    private boolean isMeasured(long due) {
        return due >= plan.warmUp().toNanos() && due < end();
    }

    private long due() {
        return plan.pace().due(client, clients, call, time.now());
    }

    private long end() {
        return plan.warmUp().plus(plan.duration()).toNanos();
    }
}
