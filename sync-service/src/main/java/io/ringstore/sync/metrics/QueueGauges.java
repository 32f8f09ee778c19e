package io.ringstore.sync.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ringstore.ring.NodeReport;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.sync.loop.LoopAnswers;
import io.ringstore.sync.loop.RingInbox;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.ToDoubleFunction;

/** What waits at this node, asked of its own loop; a loop that does not answer has no number. */
public final class QueueGauges implements MeterBinder {

    private final RingInbox inbox;
    private final InstantSource clock;

    public QueueGauges(RingInbox inbox, InstantSource clock) {
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "ringstore.ring.queue", "requests", NodeReport::queued);
        gauge(meters, "ringstore.ring.queue.oldest.age", "seconds", this::oldestAge);
    }

    private void gauge(MeterRegistry meters, String name, String unit, ToDoubleFunction<NodeReport> value) {
        Gauge.builder(name, this, gauges -> gauges.ask(value)).baseUnit(unit).register(meters);
    }

    private double ask(ToDoubleFunction<NodeReport> value) {
        try {
            return LoopAnswers.await(inbox.ask(RingEvent.ReportAsked::new)) instanceof PeerReply.Report(var report)
                    ? value.applyAsDouble(report)
                    : Double.NaN;
        } catch (RejectedExecutionException full) {
            return Double.NaN;
        }
    }

    /** By the hybrid clock, which may be a little ahead of this node's. */
    private double oldestAge(NodeReport report) {
        long since = report.waitingSince().orElse(Long.MAX_VALUE);
        return Math.max(0, clock.millis() - since) / 1000.0;
    }
}
