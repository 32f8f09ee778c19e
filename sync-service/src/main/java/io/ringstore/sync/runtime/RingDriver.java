package io.ringstore.sync.runtime;

import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.Timer;
import io.ringstore.sync.loop.RingInbox;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the ring core on one thread with one bounded inbox, and has its actions done. */
final class RingDriver implements RingInbox {

    private static final Logger log = LoggerFactory.getLogger(RingDriver.class);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final RingCore core;
    private final BlockingQueue<RingEvent> inbox;
    private final TimerQueue timers = new TimerQueue();
    private final Map<Long, CompletableFuture<PeerReply>> exchanges = new ConcurrentHashMap<>();
    private final AtomicLong exchangeNumbers = new AtomicLong();

    RingDriver(RingCore core, int inboxSize) {
        this.core = core;
        this.inbox = new ArrayBlockingQueue<>(inboxSize);
    }

    /** Starts the loop; it goes on answering after the node has left the ring, until the process ends. */
    void start(RingPorts ports) {
        Thread.ofPlatform().name("ring").daemon().start(() -> run(ports));
    }

    @Override
    public void submit(RingEvent event) {
        if (!inbox.offer(event)) {
            throw new RejectedExecutionException("the ring's inbox is full");
        }
    }

    @Override
    public void answer(RingEvent event) {
        try {
            inbox.put(event);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CompletableFuture<PeerReply> ask(LongFunction<RingEvent> event) {
        long exchange = exchangeNumbers.incrementAndGet();
        CompletableFuture<PeerReply> reply = new CompletableFuture<>();
        exchanges.put(exchange, reply);
        try {
            submit(event.apply(exchange));
        } catch (RejectedExecutionException full) {
            exchanges.remove(exchange);
            throw full;
        }
        return reply;
    }

    private void run(RingPorts ports) {
        try {
            while (true) {
                step(ports);
            }
        } catch (InterruptedException ended) {
            log.debug("ring loop ended");
        } catch (RuntimeException | Error broken) {
            log.error("the ring core broke; this node stops", broken);
            ports.halt("the ring core broke: " + broken);
        }
    }

    private void step(RingPorts ports) throws InterruptedException {
        Timer due = timers.takeDue(System.nanoTime());
        if (due != null) {
            handle(new RingEvent.TimerFired(due), ports);
            return;
        }
        RingEvent event = inbox.poll(timers.untilNext(System.nanoTime(), LONGEST_WAIT), TimeUnit.NANOSECONDS);
        if (event != null) {
            handle(event, ports);
        }
    }

    private void handle(RingEvent event, RingPorts ports) {
        for (RingAction action : core.handle(System.nanoTime() / NANOS_PER_MILLI, event)) {
            perform(action, ports);
        }
    }

    private void perform(RingAction action, RingPorts ports) {
        switch (action) {
            case RingAction.Answer(long exchange, PeerReply reply) -> complete(exchange, reply);
            case RingAction.PassToken pass -> ports.passToken(pass);
            case RingAction.SendCopy copy -> ports.sendCopy(copy);
            case RingAction.SendWake wake -> ports.sendWake(wake);
            case RingAction.AskHealth ask -> ports.askHealth(ask);
            case RingAction.SendBye bye -> ports.sendBye(bye);
            case RingAction.SendBatch batch -> ports.sendBatch(batch);
            case RingAction.SendClaim claim -> ports.sendClaim(claim);
            case RingAction.ReadView read -> ports.readView(read);
            case RingAction.AnswerClient answer -> ports.answerClient(answer);
            case RingAction.StartTimer(Timer timer, long millis, boolean jittered) ->
                timers.start(timer, millis, jittered, System.nanoTime());
            case RingAction.Tell(var moment) -> ports.tell(moment);
            case RingAction.Leave() -> ports.leave();
            case RingAction.Halt(String reason) -> ports.halt(reason);
        }
    }

    private void complete(long exchange, PeerReply reply) {
        CompletableFuture<PeerReply> waiting = exchanges.remove(exchange);
        if (waiting != null) {
            waiting.complete(reply);
        }
    }
}
