package io.ringstore.sync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringstore.cluster.NodeId;
import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.RingMoment;
import io.ringstore.ring.Timer;
import io.ringstore.ring.WriteOutcome;
import io.ringstore.sync.FakeInbox;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One thread, one bounded inbox, actions in order, and a core that breaks stops the node. */
class RingDriverTests {

    private static final NodeId PEER = new NodeId("sync-1");

    private final Ports ports = new Ports();

    private static void eventually(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    @Test
    void actionsAreDoneInTheOrderTheCoreWantsThemForEachEventInItsTurn() {
        RingDriver driver = new RingDriver(
                (_, event) -> List.of(
                        new RingAction.AnswerClient(
                                ((RingEvent.ClientGone) event).ticket(), new WriteOutcome.Unknown()),
                        new RingAction.SendBye(PEER)),
                100);
        driver.start(ports);
        IntStream.range(0, 3).forEach(ticket -> driver.submit(new RingEvent.ClientGone(ticket)));

        eventually(() -> ports.done.size() == 6);
        assertThat(ports.done).containsExactly("answer 0", "bye", "answer 1", "bye", "answer 2", "bye");
    }

    @Test
    void theCoreRunsOnOneThreadWhoeverSubmits() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch handled = new CountDownLatch(100);
        RingDriver driver = new RingDriver(
                (_, _) -> {
                    threads.add(Thread.currentThread());
                    handled.countDown();
                    return List.of();
                },
                1_000);
        driver.start(ports);
        IntStream.range(0, 100).parallel().forEach(i -> driver.submit(new RingEvent.ClientGone(i)));

        eventually(() -> handled.getCount() == 0);
        assertThat(threads).hasSize(1);
    }

    @Test
    void aFullInboxRefusesNewWorkAtOnce() {
        RingDriver stuck = new RingDriver((_, _) -> List.of(), 2);
        stuck.submit(new RingEvent.ClientGone(1));
        stuck.submit(new RingEvent.ClientGone(2));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> stuck.submit(new RingEvent.ClientGone(3)));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> stuck.ask(RingEvent.ReportAsked::new));
    }

    @Test
    void answersWaitForRoomRatherThanBeLost() {
        List<RingEvent> handled = new CopyOnWriteArrayList<>();
        RingDriver driver = new RingDriver(
                (_, event) -> {
                    handled.add(event);
                    return List.of();
                },
                1);
        driver.submit(new RingEvent.ClientGone(1));
        Thread answering = Thread.startVirtualThread(() -> driver.answer(new RingEvent.ClientGone(2)));
        driver.start(ports);

        eventually(() -> handled.size() == 2);
        assertThat(answering).satisfies(thread -> eventually(() -> !thread.isAlive()));
    }

    @Test
    void timersFireWhenTheyAreDueAndInThatOrder() {
        List<Timer> fired = new CopyOnWriteArrayList<>();
        List<Timer> timers = List.of(new Timer.Recheck(1), new Timer.Recheck(2));
        long start = System.nanoTime();
        RingDriver driver = new RingDriver(
                (_, event) -> switch (event) {
                    case RingEvent.TimerFired(Timer timer) -> {
                        fired.add(timer);
                        yield List.of();
                    }
                    case RingEvent.Started _ ->
                        List.of(
                                new RingAction.StartTimer(timers.get(0), 120, false),
                                new RingAction.StartTimer(timers.get(1), 40, false));
                    default -> List.of();
                },
                10);
        driver.start(ports);
        driver.answer(new RingEvent.Started());

        eventually(() -> fired.size() == 2);
        assertThat(fired).containsExactly(timers.get(1), timers.get(0));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }

    @Test
    void aCoreThatBreaksStopsTheNodeAndHandlesNothingMore() {
        List<RingEvent> handled = new CopyOnWriteArrayList<>();
        RingDriver driver = new RingDriver(
                (_, event) -> {
                    handled.add(event);
                    throw new IllegalStateException("a claim does not hold");
                },
                10);
        driver.start(ports);
        driver.submit(new RingEvent.ClientGone(1));
        driver.submit(new RingEvent.ClientGone(2));

        eventually(() -> !ports.done.isEmpty());
        assertThat(ports.done).singleElement().asString().startsWith("halt").contains("a claim does not hold");
        assertThat(handled).hasSize(1);
    }

    @Test
    void aCallIsAnsweredByItsExchange() {
        RingDriver driver = new RingDriver(
                (_, event) ->
                        List.of(new RingAction.Answer(((RingEvent.ReportAsked) event).exchange(), FakeInbox.REPORT)),
                10);
        driver.start(ports);
        assertThat(driver.ask(RingEvent.ReportAsked::new)).succeedsWithin(Duration.ofSeconds(5));
        assertThat(driver.askReport()).succeedsWithin(Duration.ofSeconds(5));
    }

    /** Notes what it is asked to do. */
    private static final class Ports implements RingPorts {

        final List<String> done = new CopyOnWriteArrayList<>();

        @Override
        public void passToken(RingAction.PassToken action) {
            done.add("pass");
        }

        @Override
        public void sendCopy(RingAction.SendCopy action) {
            done.add("copy");
        }

        @Override
        public void sendWake(RingAction.SendWake action) {
            done.add("wake");
        }

        @Override
        public void askHealth(RingAction.AskHealth action) {
            done.add("health");
        }

        @Override
        public void sendBye(RingAction.SendBye action) {
            done.add("bye");
        }

        @Override
        public void sendBatch(RingAction.SendBatch action) {
            done.add("batch");
        }

        @Override
        public void sendClaim(RingAction.SendClaim action) {
            done.add("claim");
        }

        @Override
        public void readView(RingAction.ReadView action) {
            done.add("view");
        }

        @Override
        public void answerClient(RingAction.AnswerClient action) {
            done.add("answer " + action.ticket());
        }

        @Override
        public void tell(RingMoment moment) {
            done.add("tell");
        }

        @Override
        public void leave() {
            done.add("leave");
        }

        @Override
        public void halt(String reason) {
            done.add("halt " + reason);
        }
    }
}
