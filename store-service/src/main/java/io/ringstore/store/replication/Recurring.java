package io.ringstore.store.replication;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does one thing again and again, on a thread of its own, while the replica runs; what fails is tried again. */
final class Recurring implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);

    private final String name;
    private final Duration every;
    private final ReplicaLifecycle lifecycle;
    private final Work work;
    private volatile boolean running;
    private volatile Thread worker = Thread.ofPlatform().unstarted(this::run);

    /** What is done each time. */
    @FunctionalInterface
    interface Work {
        void doOnce() throws IOException;
    }

    Recurring(String name, Duration every, ReplicaLifecycle lifecycle, Work work) {
        this.name = name;
        this.every = every;
        this.lifecycle = lifecycle;
        this.work = work;
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    private void run() {
        while (running) {
            try {
                Thread.sleep(every);
                work.doOnce();
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} failed, tried again in {}", name, every, e);
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        worker.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Started after the replica and stopped before it. */
    @Override
    public int getPhase() {
        return lifecycle.getPhase() + 1;
    }
}
