package io.ringstore.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** What counts as the latency of a call, in a time that passes only while a server works or a client sleeps. */
class ClientLoopTests {

    private static final long MILLI = 1_000_000;
    private static final int ANSWER = 1;
    private static final int STALL = 100;

    private final LongAdder succeeded = new LongAdder();
    private final List<String> asked = new ArrayList<>();
    private long now;
    private long stallsAt = Long.MAX_VALUE;
    private long breaksAt = Long.MAX_VALUE;
    private Optional<String> refusal = Optional.empty();

    @Test
    void inAClosedLoopAStallIsOneSlowCall() throws Exception {
        stallsAt = 300 * MILLI;

        Seen seen = run(new Pace.AfterTheLast(), 0);

        assertThat(slow(seen)).isEqualTo(1);
        assertThat(seen.writeNanos.getTotalCount()).isEqualTo(500 - STALL + 1);
    }

    /** Due every two milliseconds and served within one, the n-th call after the stall still waited 100 - n milliseconds. */
    @Test
    void inAnOpenLoopEveryCallThatWasDueDuringAStallWaitedForIt() throws Exception {
        stallsAt = 300 * MILLI;

        Seen seen = run(new Pace.AtRate(500), 0);

        assertThat(seen.writeNanos.getTotalCount()).isEqualTo(250);
        assertThat(slow(seen)).isEqualTo(1 + 97);
        assertThat(seen.failures).isEmpty();
    }

    @Test
    void whatWasDueButNeverBegunIsAFailure() throws Exception {
        Seen seen = run(new Pace.AtRate(4_000), 0);

        assertThat(seen.failures).containsKey("due, but not begun before the end");
        assertThat(seen.writeNanos.getTotalCount() + failed(seen)).isEqualTo(4_000 / 2);
    }

    @Test
    void clientsShareTheRate() {
        Pace pace = new Pace.AtRate(1_000);

        assertThat(pace.due(0, 4, 0, 99)).isZero();
        assertThat(pace.due(3, 4, 0, 99)).isEqualTo(3 * MILLI);
        assertThat(pace.due(3, 4, 2, 99)).isEqualTo(11 * MILLI);
    }

    @Test
    void readsAreSpreadEvenlyAmongWrites() throws Exception {
        run(new Pace.AfterTheLast(), 25);

        assertThat(asked.subList(0, 8))
                .containsExactly("write", "write", "write", "read", "write", "write", "write", "read");
    }

    @Test
    void aRefusalIsAFailureAndNotAFastCall() throws Exception {
        refusal = Optional.of("status 503");

        Seen seen = run(new Pace.AfterTheLast(), 0);

        assertThat(seen.writeNanos.getTotalCount()).isZero();
        assertThat(seen.failures).containsOnlyKeys("status 503");
        assertThat(succeeded.sum()).isZero();
    }

    @Test
    void aBrokenConnectionIsOneFailureAndIsReplaced() throws Exception {
        breaksAt = 300 * MILLI;

        Seen seen = run(new Pace.AfterTheLast(), 0);

        assertThat(seen.failures).containsExactly(Map.entry("broken", 1L));
        assertThat(seen.writeNanos.getTotalCount()).isGreaterThan(400);
    }

    /** A tenth of a second of warming up, and half a second that is measured. */
    private Seen run(Pace pace, int readShare) throws InterruptedException {
        Plan plan = new Plan(4, 1, readShare, false, pace, Duration.ofMillis(100), Duration.ofMillis(500));
        return new ClientLoop(plan, callers(), 0, 1, time(), succeeded).run();
    }

    private static long slow(Seen seen) {
        return seen.writeNanos.getCountBetweenValues(3 * ANSWER * MILLI, 2 * STALL * MILLI);
    }

    private static long failed(Seen seen) {
        return seen.failures.values().stream().mapToLong(Long::longValue).sum();
    }

    private ClientLoop.Time time() {
        return new ClientLoop.Time() {
            @Override
            public long now() {
                return now;
            }

            @Override
            public void sleepUntil(long nanos) {
                now = Math.max(now, nanos);
            }
        };
    }

    private Caller.Source callers() {
        return new Caller.Source() {
            @Override
            public Caller open(int client) {
                return new StubbornServer();
            }

            @Override
            public void close() {}
        };
    }

    private final class StubbornServer implements Caller {
        @Override
        public Optional<String> write() throws IOException {
            return answer("write");
        }

        @Override
        public Optional<String> read() throws IOException {
            return answer("read");
        }

        private Optional<String> answer(String what) throws IOException {
            asked.add(what);
            if (now >= breaksAt) {
                breaksAt = Long.MAX_VALUE;
                throw new IOException("broken");
            }
            boolean stalls = now >= stallsAt;
            stallsAt = stalls ? Long.MAX_VALUE : stallsAt;
            now += (stalls ? STALL : ANSWER) * MILLI;
            return refusal;
        }

        @Override
        public void close() {}
    }
}
