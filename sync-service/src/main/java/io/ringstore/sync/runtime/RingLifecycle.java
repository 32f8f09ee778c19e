package io.ringstore.sync.runtime;

import io.ringstore.ring.RingEvent;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Joins the ring once the web server listens, and leaves it before the web server drains (§5.7). */
final class RingLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RingLifecycle.class);

    private final RingDriver driver;
    private final RingEdges edges;
    private final RingPorts ports;
    private final Duration patience;
    private volatile boolean running;

    /** @param ports the edges, or what stands before them */
    RingLifecycle(RingDriver driver, RingEdges edges, RingPorts ports, Duration patience) {
        this.driver = driver;
        this.edges = edges;
        this.ports = ports;
        this.patience = patience;
    }

    @Override
    public void start() {
        driver.start(ports);
        driver.answer(new RingEvent.Started());
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            driver.answer(new RingEvent.StopRequested());
            if (!edges.awaitLeft(patience)) {
                log.warn("left without handing over patience={}", patience);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
