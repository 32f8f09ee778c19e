package io.ringstore.client.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.link.trace.Traces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a call that carried many, the next one waits a moment, by a clock that stands still until it is moved. */
class LaneTests {

    private static final Duration BOUND = Duration.ofSeconds(30);

    private final AtomicLong clock = new AtomicLong();
    private final Semaphore answers = new Semaphore(0);
    private final List<Integer> carried = new CopyOnWriteArrayList<>();
    private final List<Integer> sentOn = new CopyOnWriteArrayList<>();
    private volatile boolean works = true;
    private volatile Thread caller = Thread.currentThread();

    private final Lane.Courier courier = new Lane.Courier() {
        @Override
        public boolean carry(int node, List<PendingWrite> writes) {
            carried.add(writes.size());
            answers.acquireUninterruptibly();
            return works;
        }

        @Override
        public void sendOn(int node, List<PendingWrite> writes) {
            sentOn.add(writes.size());
        }
    };

    private final Lane lane =
            new Lane(0, 1, work -> caller = Thread.ofPlatform().daemon().start(work), courier, clock::get);

    @AfterEach
    void letGo() {
        answers.release(100);
        clock.addAndGet(Duration.ofDays(1).toNanos());
    }

    private void add(int writes) {
        for (int i = 0; i < writes; i++) {
            lane.add(new PendingWrite(GatewayFixture.order("w"), Traces.OFF.here(), 30_000, _ -> {}));
        }
    }

    /** One write is on its way, and so many more have gathered, when the call ends after this time. */
    private void callEnds(int gathered, Duration took) {
        add(1);
        Awaitility.await().atMost(BOUND).until(() -> carried.size() == 1);
        add(gathered);
        clock.addAndGet(took.toNanos());
        answers.release();
    }

    private void awaitWaiting() {
        Awaitility.await()
                .atMost(BOUND)
                .until(() ->
                        caller.getState() == Thread.State.TIMED_WAITING || carried.size() > 1 || !sentOn.isEmpty());
    }

    private void awaitCarried(Integer... sizes) {
        Awaitility.await().atMost(BOUND).untilAsserted(() -> assertThat(carried).containsExactly(sizes));
    }

    @Test
    void whoWasAnsweredAndComesBackIsInTheNextCallWithThoseWhoGathered() {
        callEnds(8, Duration.ofMillis(4));
        awaitWaiting();
        add(1);
        awaitCarried(1, 9);
    }

    @Test
    void fewAreNotWaitedFor() {
        callEnds(6, Duration.ofMillis(4));
        awaitCarried(1, 6);
    }

    @Test
    void theMomentIsHalfOfWhatTheCallTook() {
        callEnds(8, Duration.ofMillis(4));
        awaitWaiting();
        clock.addAndGet(Duration.ofMillis(2).toNanos());
        awaitCarried(1, 8);
    }

    @Test
    void afterALongCallTheMomentIsShortAllTheSame() {
        callEnds(8, Duration.ofSeconds(20));
        awaitWaiting();
        clock.addAndGet(Duration.ofMillis(5).toNanos());
        awaitCarried(1, 8);
    }

    @Test
    void afterACallThatFailedNobodyWaits() {
        works = false;
        callEnds(8, Duration.ofMillis(4));
        Awaitility.await().atMost(BOUND).untilAsserted(() -> assertThat(sentOn).containsExactly(8));
        assertThat(carried).containsExactly(1);
    }
}
