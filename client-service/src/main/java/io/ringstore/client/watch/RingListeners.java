package io.ringstore.client.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringstore.api.MomentMessage;
import io.ringstore.api.MomentsMessage;
import io.ringstore.api.SyncApi;
import io.ringstore.link.CallThreads;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.ObjectMapper;

/**
 * Everybody who listens to the ring. While there is anybody, each sync node is asked several times a second what happened
 * there, by a thread of its own, so that one which does not answer holds up nobody. While anybody wants to know how
 * everybody is, one sample of that is taken for all of them, a few times a second.
 */
public final class RingListeners implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RingListeners.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SAMPLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long FAILURE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<SyncApi> nodes;
    private final StateSource state;
    private final ObjectMapper json;
    private final WatchMetrics metrics;
    private final int most;
    private final long heartbeatNanos;
    private final Executor asking = CallThreads.named("ring-moments");
    private final Executor sending = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("ring-listener-", 0).factory());
    private final Set<Listener> listeners = new LinkedHashSet<>();

    /** Changes whenever the first one comes: those who ask for the ones before then see that they are not wanted. */
    private long session;

    /** Whether a thread takes samples. */
    private boolean sampling;

    private boolean running;

    RingListeners(
            List<SyncApi> nodes, StateSource state, WatchProperties settings, ObjectMapper json, WatchMetrics metrics) {
        this.nodes = nodes;
        this.state = state;
        this.json = json;
        this.metrics = metrics;
        this.most = settings.maxListeners();
        this.heartbeatNanos = settings.heartbeat().toNanos();
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
        Listener listener = new Listener(wantsState, sending, this::forget);
        listener.stream.onEnd(() -> forget(listener));
        listener.tell(Events.HEARTBEAT);
        listeners.add(listener);
        if (listeners.size() == 1) {
            long current = ++session;
            nodes.forEach(node -> asking.execute(() -> ask(node, current)));
        }
        if (wantsState && !sampling) {
            sampling = true;
            asking.execute(this::sample);
        }
        return listener.stream;
    }

    private void sample() {
        try {
            Supplier<Object> samples = state.begin();
            while (isSampleWanted()) {
                byte[] event = Events.withoutId("state", json.writeValueAsBytes(samples.get()));
                all().stream().filter(listener -> listener.wantsState).forEach(listener -> listener.tell(event));
                LockSupport.parkNanos(SAMPLE_PAUSE_NANOS);
            }
        } catch (RuntimeException broken) {
            log.error("no samples of the cluster", broken);
            sampleAnew();
        }
    }

    /** If not, sampling ends here: whoever comes next starts it. */
    private synchronized boolean isSampleWanted() {
        sampling = listeners.stream().anyMatch(listener -> listener.wantsState);
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
    }

    private synchronized boolean isWanted(long asked) {
        return asked == session && !listeners.isEmpty();
    }

    private void ask(SyncApi node, long asked) {
        String incarnation = "";
        long seen = Long.MAX_VALUE;
        while (isWanted(asked)) {
            try {
                MomentsMessage answer = node.moments(seen);
                boolean restarted =
                        !incarnation.isEmpty() && !answer.incarnation().equals(incarnation);
                incarnation = answer.incarnation();
                seen = restarted ? 0 : answer.last();
                tell(answer.moments());
                LockSupport.parkNanos(restarted ? 0 : PAUSE_NANOS);
            } catch (RuntimeException failed) {
                log.debug("no moments from a node", failed);
                tell(List.of());
                LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
            }
        }
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

    /** Before the web server drains, which would wait for every stream. */
    @Override
    public void stop() {
        synchronized (this) {
            running = false;
        }
        all().forEach(listener -> listener.end(Ending.SHUTTING_DOWN));
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
