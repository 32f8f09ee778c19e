package io.ringstore.client.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringstore.api.MomentMessage;
import io.ringstore.client.watch.StateSource.Samples;
import io.ringstore.link.CallThreads;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.ObjectMapper;

/**
 * Everybody who listens to the ring. While there is anybody, each sync node is asked what happens there and how it is, by
 * a thread of its own, so that one which does not answer holds up nobody. While anybody wants to know how everybody is, one
 * sample of that is taken for all of them, a few times a second.
 */
public final class RingListeners implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RingListeners.class);
    private static final long SAMPLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long FIRST_ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FAILURE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<SyncQuestions> nodes;
    private final StateSource state;
    private final ObjectMapper json;
    private final WatchMetrics metrics;
    private final int most;
    private final long heartbeatNanos;
    private final Duration patience;
    private final Executor asking = CallThreads.named("ring-moments");
    private final Executor sending = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("ring-listener-", 0).factory());
    private final Set<Listener> listeners = new LinkedHashSet<>();

    /** Changes whenever the first one comes: those who ask for the ones before then see that they are not wanted. */
    private long session;

    /** When that was. */
    private long askedSince;

    /** Whether a thread takes samples. */
    private boolean sampling;

    /** The event with the latest sample, for whoever comes before the next one; empty if there is none yet. */
    private byte[] latestState = new byte[0];

    private boolean running;

    RingListeners(
            List<SyncQuestions> nodes,
            StateSource state,
            WatchProperties settings,
            ObjectMapper json,
            WatchMetrics metrics) {
        this.nodes = nodes;
        this.state = state;
        this.json = json;
        this.metrics = metrics;
        this.most = settings.maxListeners();
        this.heartbeatNanos = settings.heartbeat().toNanos();
        this.patience = settings.patience();
        metrics.open("listener", this::count);
    }

    /** A moment as listeners see it; what does not belong to it is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MomentView(
            String at,
            String node,
            String event,
            @Nullable Long epoch,
            @Nullable Long hop,
            @Nullable String to,
            @Nullable Integer size,
            @Nullable String store,
            @Nullable String reason) {

        static MomentView of(MomentMessage moment) {
            return new MomentView(
                    Times.iso(moment.at()),
                    moment.node(),
                    moment.event(),
                    moment.epoch(),
                    moment.hop(),
                    moment.to(),
                    moment.size(),
                    moment.store(),
                    moment.reason());
        }
    }

    private synchronized int count() {
        return listeners.size();
    }

    /**
     * Tells whatever happens from now on.
     *
     * @param wantsState whether it is also told how everybody is
     * @throws TooManyWatchers if there is no room for one more
     */
    public synchronized EventStream listen(boolean wantsState) {
        if (!running || listeners.size() >= most) {
            metrics.refused();
            throw new TooManyWatchers("At most " + most + " may listen to the ring here.");
        }
        Listener listener = new Listener(new EventStream(patience), wantsState, sending, this::forget);
        listener.stream.onEnd(() -> forget(listener));
        listener.tell(Events.HEARTBEAT);
        listeners.add(listener);
        if (listeners.size() == 1) {
            long current = ++session;
            askedSince = System.nanoTime();
            nodes.forEach(SyncQuestions::forget);
            nodes.forEach(node -> asking.execute(() -> node.askWhile(() -> isWanted(current), this::tell)));
        }
        if (wantsState && !sampling) {
            sampling = true;
            asking.execute(this::sample);
        } else if (wantsState) {
            listener.tell(latestState);
        }
        return listener.stream;
    }

    private void sample() {
        try {
            Samples samples = state.begin();
            while (isSampleWanted()) {
                boolean due = isAnswerDue();
                if (due) {
                    samples.next(nodes.stream().map(SyncQuestions::latest).toList())
                            .ifPresent(this::tellState);
                }
                LockSupport.parkNanos(due ? SAMPLE_PAUSE_NANOS : FIRST_PAUSE_NANOS);
            }
        } catch (RuntimeException broken) {
            log.error("no samples of the cluster", broken);
            sampleAnew();
        }
    }

    /** The first sample waits until each node was heard, but not long. */
    private synchronized boolean isAnswerDue() {
        return System.nanoTime() - askedSince > FIRST_ANSWER_NANOS
                || nodes.stream().allMatch(SyncQuestions::isAnswered);
    }

    private void tellState(Object sample) {
        byte[] event = Events.withoutId("state", json.writeValueAsBytes(sample));
        synchronized (this) {
            latestState = event;
            listeners.stream().filter(listener -> listener.wantsState).forEach(listener -> listener.tell(event));
        }
    }

    /** If not, sampling ends here: whoever comes next starts it. */
    private synchronized boolean isSampleWanted() {
        sampling = listeners.stream().anyMatch(listener -> listener.wantsState);
        latestState = sampling ? latestState : new byte[0];
        return sampling;
    }

    private void sampleAnew() {
        LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
        if (isSampleWanted()) {
            asking.execute(this::sample);
        }
    }

    private synchronized void forget(Listener listener) {
        listeners.remove(listener);
        notifyAll();
    }

    private synchronized boolean isWanted(long asked) {
        return asked == session && !listeners.isEmpty();
    }

    private void tell(List<MomentMessage> moments) {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        for (MomentMessage moment : moments) {
            events.writeBytes(Events.withoutId(moment.event(), json.writeValueAsBytes(MomentView.of(moment))));
        }
        long now = System.nanoTime();
        for (Listener listener : all()) {
            if (events.size() > 0) {
                listener.tell(events.toByteArray());
            } else {
                listener.beat(now, heartbeatNanos);
            }
        }
    }

    private synchronized List<Listener> all() {
        return List.copyOf(listeners);
    }

    @Override
    public synchronized void start() {
        running = true;
    }

    /** Before the web server stops, which would close the connections without a word. */
    @Override
    public void stop() {
        synchronized (this) {
            running = false;
        }
        all().forEach(listener -> listener.end(Ending.SHUTTING_DOWN));
        LastWords.await(this, listeners::isEmpty);
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
