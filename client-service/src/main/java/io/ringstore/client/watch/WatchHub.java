package io.ringstore.client.watch;

import io.ringstore.api.LogPage;
import io.ringstore.api.RecordMessage;
import io.ringstore.client.watch.LongPolls.LongPoll;
import io.ringstore.link.CallThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Where everybody waits for the log to go on. One feed reads it for all of them while there is anybody, and ends with the
 * last of them.
 */
public final class WatchHub implements SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchHub.class);
    private static final int TICKS_PER_HEARTBEAT = 20;

    /** Between two questions of the feed, so that a busy log is read by the page and not by the record. */
    private static final long FEED_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** After a question that a store node did not answer. */
    private static final long FAILURE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final WatchProperties settings;
    private final LogSource source;
    private final WatchMetrics metrics;
    private final Watchers watchers;
    private final Executor feedThread = CallThreads.named("log-feed");
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("watch-clock").factory());

    /** Its monitor guards everything here and in the watchers. */
    private final Backlog backlog;

    private final LongPolls polls = new LongPolls();
    private boolean feeding;
    private boolean stopping;
    private @Nullable ScheduledFuture<?> ticking;
    private volatile boolean running;

    WatchHub(WatchProperties settings, LogSource source, RecordEncoder encoder, WatchMetrics metrics) {
        this.settings = settings;
        this.source = source;
        this.metrics = metrics;
        this.backlog = new Backlog(settings.backlogRecords(), settings.backlog().toBytes());
        this.watchers = new Watchers(backlog, source, encoder, metrics, settings);
        clock.setRemoveOnCancelPolicy(true);
        metrics.open("watcher", watchers::count);
        metrics.open("poll", this::pollCount);
    }

    private int pollCount() {
        synchronized (backlog) {
            return polls.count();
        }
    }

    /**
     * Refuses early what would be refused in the end.
     *
     * @throws TooManyWatchers if there is no room for one more watcher
     */
    public void requireRoom() {
        synchronized (backlog) {
            require(
                    watchers.count() < settings.maxWatchers(),
                    "At most " + settings.maxWatchers() + " may watch here.");
        }
    }

    private void require(boolean room, String rule) {
        if (stopping) {
            throw new TooManyWatchers("This gateway shuts down.");
        }
        if (!room) {
            metrics.refused();
            throw new TooManyWatchers(rule);
        }
    }

    /**
     * Sends every record of a prefix from a revision on, in order, each once.
     *
     * @param last the greatest revision of the log, or an earlier one
     * @throws TooManyWatchers if there is no room for one more
     */
    public EventStream watch(String prefix, long from, long last) {
        EventStream stream = new EventStream(settings.patience());
        synchronized (backlog) {
            requireRoom();
            feedFrom(last + 1);
            watchers.add(new Watcher(prefix, from, stream));
            if (ticking == null) {
                long period = settings.heartbeat().toNanos() / TICKS_PER_HEARTBEAT;
                ticking = clock.scheduleAtFixedRate(this::tick, period, period, TimeUnit.NANOSECONDS);
            }
        }
        return stream;
    }

    /**
     * Waits for a key to change.
     *
     * @param after the revision of the log as of which the key was read
     * @throws TooManyWatchers if there is no room for one more poll
     */
    public CompletableFuture<Change> awaitChange(String key, long after, Duration wait) {
        synchronized (backlog) {
            require(polls.count() < settings.maxPolls(), "At most " + settings.maxPolls() + " may poll here.");
            if (feeding && backlog.next() > after + 1) {
                if (backlog.first() > after + 1) {
                    return CompletableFuture.completedFuture(new Change.Unclear());
                }
                RecordMessage latest = backlog.latest(key, after + 1);
                if (latest != null) {
                    return CompletableFuture.completedFuture(new Change.Changed(latest));
                }
            }
            feedFrom(after + 1);
            LongPoll poll = new LongPoll(key, after, new CompletableFuture<>());
            polls.add(poll);
            ScheduledFuture<?> end = clock.schedule(() -> giveUp(poll), wait.toNanos(), TimeUnit.NANOSECONDS);
            var _ = poll.change().whenComplete((_, _) -> end.cancel(false));
            return poll.change();
        }
    }

    private void giveUp(LongPoll poll) {
        synchronized (backlog) {
            polls.remove(poll);
        }
        poll.change().complete(new Change.Unchanged());
    }

    private void tick() {
        synchronized (backlog) {
            watchers.tick(System.nanoTime());
            if (watchers.count() == 0 && ticking != null) {
                ticking.cancel(false);
                ticking = null;
            }
        }
    }

    /** A feed that runs already goes on where it is: whoever is behind it reads the log, whoever is ahead of it waits. */
    private void feedFrom(long revision) {
        if (!feeding) {
            feeding = true;
            backlog.startAt(revision);
            feedThread.execute(this::feed);
        }
    }

    private void feed() {
        log.debug("feed begins");
        long from = nextToFeed();
        while (from > 0) {
            try {
                feedOnce(from);
                LockSupport.parkNanos(FEED_PAUSE_NANOS);
            } catch (RuntimeException failed) {
                log.debug("feed interrupted from={}", from, failed);
                LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
            }
            from = nextToFeed();
        }
        log.debug("feed ends");
    }

    private void feedOnce(long from) {
        try {
            deliver(source.next(from));
        } catch (HttpClientErrorException.Gone gone) {
            long last = source.last();
            log.warn("the feed was overtaken by compaction from={} last={}", from, last);
            endAll(Ending.COMPACTED);
            synchronized (backlog) {
                backlog.startAt(last + 1);
            }
        }
    }

    /** The revision that the feed wants next; 0 if nobody wants anything, with which the feed ends. */
    private long nextToFeed() {
        synchronized (backlog) {
            feeding = !stopping && watchers.count() + polls.count() > 0;
            return feeding ? backlog.next() : 0;
        }
    }

    private void deliver(LogPage page) {
        List<Runnable> answers = new ArrayList<>();
        synchronized (backlog) {
            for (Recent recent : Recent.of(page.records())) {
                if (recent.revision() != backlog.next()) {
                    throw new IllegalStateException(
                            "revision " + backlog.next() + " was to come, not " + recent.revision());
                }
                backlog.add(recent);
                recent.records().forEach(record -> tell(record, answers));
            }
        }
        answers.forEach(Runnable::run);
    }

    private void tell(RecordMessage record, List<Runnable> answers) {
        watchers.tell(record);
        polls.takeConcerned(record)
                .forEach(poll -> answers.add(() -> poll.change().complete(new Change.Changed(record))));
    }

    private void endAll(Ending why) {
        List<LongPoll> waiting;
        synchronized (backlog) {
            watchers.endAll(why);
            waiting = polls.takeAll();
        }
        waiting.forEach(poll -> poll.change().complete(new Change.Unchanged()));
    }

    @Override
    public void start() {
        synchronized (backlog) {
            stopping = false;
        }
        running = true;
    }

    /** Before the web server stops, which would close the connections without a word. */
    @Override
    public void stop() {
        running = false;
        synchronized (backlog) {
            stopping = true;
        }
        endAll(Ending.SHUTTING_DOWN);
        LastWords.await(backlog, () -> watchers.count() == 0);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
