package io.ringstore.client.watch;

import io.ringstore.api.LogPage;
import io.ringstore.api.RecordMessage;
import io.ringstore.client.read.StoreReads.StoreUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/**
 * Everybody who watches. A watcher is served by a virtual thread while there is something to send to it, and only then;
 * one whose next record is no longer in the backlog reads the log instead, in turns, a page at a time.
 *
 * <p>So nothing piles up for a slow one: it holds what it is being sent right now. If it does not take that within the
 * patience, it is dropped.
 */
final class Watchers {

    private static final Logger log = LoggerFactory.getLogger(Watchers.class);
    private static final int PIECE_BYTES = 64 << 10;

    private final Backlog backlog;
    private final LogSource source;
    private final RecordEncoder encoder;
    private final WatchMetrics metrics;
    private final long patienceNanos;
    private final long heartbeatNanos;
    private final Executor threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("watcher-", 0).factory());

    // Guarded by the backlog's monitor, like the watchers themselves.
    private final Set<Watcher> all = new LinkedHashSet<>();
    private final Wanted<Watcher> wanted = new Wanted<>();
    private final Deque<Watcher> waitingToRead = new ArrayDeque<>();
    private int placesToRead;

    Watchers(Backlog backlog, LogSource source, RecordEncoder encoder, WatchMetrics metrics, WatchProperties settings) {
        this.backlog = backlog;
        this.source = source;
        this.encoder = encoder;
        this.metrics = metrics;
        this.patienceNanos = settings.patience().toNanos();
        this.heartbeatNanos = settings.heartbeat().toNanos();
        this.placesToRead = settings.catchUps();
    }

    int count() {
        synchronized (backlog) {
            return all.size();
        }
    }

    /** Serves a new watcher from now on; first of all it is told where it starts. */
    void add(Watcher watcher) {
        watcher.stream.onEnd(() -> remove(watcher));
        synchronized (backlog) {
            all.add(watcher);
            wanted.add(watcher.prefix, watcher);
            watcher.active = true;
        }
        threads.execute(() -> begin(watcher));
    }

    private void begin(Watcher watcher) {
        try {
            watcher.stream.send(Events.progress(watcher.told));
            serve(watcher);
        } catch (IOException gone) {
            remove(watcher);
        }
    }

    /** Wakes those who want a record that was just added to the backlog. */
    void tell(RecordMessage record) {
        synchronized (backlog) {
            wanted.forEachOf(record.key(), watcher -> {
                if (!watcher.active && watcher.next <= record.revision()) {
                    watcher.next = record.revision();
                    activate(watcher);
                }
            });
        }
    }

    /** Sends a sign of life to those who have heard nothing for long. */
    void tick(long now) {
        synchronized (backlog) {
            for (Watcher watcher : all) {
                if (!watcher.active && now - watcher.restingSince >= heartbeatNanos * watcher.eagerness) {
                    watcher.next = Math.max(watcher.next, backlog.next());
                    watcher.beat = true;
                    activate(watcher);
                }
            }
        }
    }

    void endAll(Ending why) {
        synchronized (backlog) {
            all.forEach(watcher -> {
                watcher.ending = why;
                if (!watcher.active || waitingToRead.remove(watcher)) {
                    activate(watcher);
                }
            });
        }
    }

    private void activate(Watcher watcher) {
        watcher.active = true;
        threads.execute(() -> serve(watcher));
    }

    private void serve(Watcher watcher) {
        try {
            while (perform(watcher, next(watcher))) {
                // on to the next step
            }
        } catch (IOException gone) {
            log.debug("watcher gone prefix={}", watcher.prefix, gone);
            remove(watcher);
        } catch (RuntimeException broken) {
            log.error("watcher dropped prefix={}", watcher.prefix, broken);
            watcher.stream.end();
            remove(watcher);
        }
    }

    private Step next(Watcher watcher) {
        synchronized (backlog) {
            giveBackPlace(watcher);
            if (!all.contains(watcher)) {
                return new Step.Rest();
            }
            if (watcher.ending != null) {
                return new Step.End(watcher.ending);
            }
            if (watcher.beat) {
                return watcher.takeBeat();
            }
            if (watcher.next < backlog.first()) {
                return read(watcher);
            }
            List<Recent> revisions = take(watcher);
            if (revisions.isEmpty()) {
                watcher.active = false;
                watcher.restingSince = System.nanoTime();
                return new Step.Rest();
            }
            return new Step.Send(revisions);
        }
    }

    private Step read(Watcher watcher) {
        if (placesToRead == 0) {
            waitingToRead.add(watcher);
            return new Step.Rest();
        }
        placesToRead--;
        watcher.reading = true;
        return new Step.Read(watcher.next);
    }

    /** What the backlog has for it next; nothing only if it has seen all of it. */
    private List<Recent> take(Watcher watcher) {
        List<Recent> revisions = new ArrayList<>();
        long weight = 0;
        while (watcher.next < backlog.next() && weight < PIECE_BYTES) {
            Recent recent = backlog.at(watcher.next++);
            if (recent.concerns(watcher.prefix)) {
                revisions.add(recent);
                weight += recent.weight();
                watcher.told = recent.revision();
            }
        }
        return revisions;
    }

    /** @return whether there may be another step */
    private boolean perform(Watcher watcher, Step step) throws IOException {
        switch (step) {
            case Step.Send(var revisions) -> {
                ByteArrayOutputStream events = new ByteArrayOutputStream();
                int records = 0;
                for (Recent recent : revisions) {
                    records += recent.writeTo(events, watcher.prefix, encoder);
                }
                send(watcher, events.toByteArray(), records);
            }
            case Step.Read(long from) -> readLog(watcher, from);
            case Step.Beat(byte[] events) -> send(watcher, events, 0);
            case Step.End(Ending why) -> {
                end(watcher, why);
                return false;
            }
            case Step.Rest() -> {
                return false;
            }
        }
        return true;
    }

    private void send(Watcher watcher, byte[] events, int records) throws IOException {
        long begun = System.nanoTime();
        watcher.stream.send(events);
        metrics.sent(records);
        if (System.nanoTime() - begun > patienceNanos) {
            ending(watcher, Ending.TOO_SLOW);
        }
    }

    private void readLog(Watcher watcher, long from) throws IOException {
        LogPage page;
        try {
            page = source.page(from);
        } catch (HttpClientErrorException.Gone gone) {
            ending(watcher, Ending.COMPACTED);
            return;
        } catch (StoreUnavailable | RestClientException unavailable) {
            ending(watcher, Ending.STORE_UNAVAILABLE);
            return;
        }
        if (page.records().isEmpty()) {
            ending(watcher, Ending.STORE_UNAVAILABLE);
            return;
        }
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        int wantedOnes = 0;
        long told = from - 1;
        for (Recent recent : Recent.of(page.records())) {
            int written = recent.writeTo(events, watcher.prefix, encoder);
            told = written > 0 ? recent.revision() : told;
            wantedOnes += written;
        }
        long last = page.records().getLast().revision();
        if (told < last) {
            events.writeBytes(Events.progress(last));
        }
        synchronized (backlog) {
            watcher.next = last + 1;
            watcher.told = last;
        }
        send(watcher, events.toByteArray(), wantedOnes);
    }

    private void ending(Watcher watcher, Ending why) {
        synchronized (backlog) {
            watcher.ending = why;
        }
    }

    private void end(Watcher watcher, Ending why) throws IOException {
        metrics.ended(why);
        log.info("watch ended reason={} prefix={} next={}", why.word(), watcher.prefix, watcher.next);
        watcher.stream.send(why.event());
        watcher.stream.end();
        remove(watcher);
    }

    private void remove(Watcher watcher) {
        synchronized (backlog) {
            if (all.remove(watcher)) {
                backlog.notifyAll();
                wanted.remove(watcher.prefix, watcher);
                waitingToRead.remove(watcher);
                giveBackPlace(watcher);
            }
        }
    }

    /** The place goes to whoever has waited longest. */
    private void giveBackPlace(Watcher watcher) {
        if (watcher.reading) {
            watcher.reading = false;
            placesToRead++;
            Watcher following = waitingToRead.poll();
            if (following != null) {
                activate(following);
            }
        }
    }
}
