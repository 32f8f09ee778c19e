package io.ringstore.sync.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.NodeReport;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingMoment;
import io.ringstore.ring.Slots;
import io.ringstore.sync.FakeInbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a sync node's meters say of the ring. */
class RingMetersTests {

    private static final NodeId PEER = new NodeId("sync-1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aRotationIsTheTimeBetweenTwoPasses() {
        RingMetrics metrics = new RingMetrics(meters, List.of(PEER));
        RingMoment passed = new RingMoment.Passed(new Fence(1, 2), PEER);

        metrics.told(passed);
        assertThat(meters.get("ringstore.ring.rotation").timer().count()).isZero();

        metrics.told(passed);
        metrics.told(passed);
        assertThat(meters.get("ringstore.ring.rotation").timer().count()).isEqualTo(2);
    }

    @Test
    void whatCanHappenToAPeerIsCountedFromTheStart() {
        RingMetrics metrics = new RingMetrics(meters, List.of(PEER));
        assertThat(count("ringstore.ring.skips", "peer", "sync-1")).isZero();
        assertThat(count("ringstore.ring.suspicions", "peer", "sync-1")).isZero();
        assertThat(count("ringstore.ring.claims", "reason", "silent")).isZero();

        metrics.told(new RingMoment.Skipped(new Fence(1, 2), PEER));
        metrics.told(new RingMoment.Suspected(PEER));
        metrics.told(new RingMoment.Claiming(1, "silent"));

        assertThat(count("ringstore.ring.skips", "peer", "sync-1")).isOne();
        assertThat(count("ringstore.ring.suspicions", "peer", "sync-1")).isOne();
        assertThat(count("ringstore.ring.claims", "reason", "silent")).isOne();
    }

    @Test
    void aTokenThatAPeerRefusedIsNoBatchThatTheStoreRefused() {
        RingMetrics metrics = new RingMetrics(meters, List.of(PEER));
        Fence fence = new Fence(1, 6);

        metrics.told(new RingMoment.PassRefused(fence, PEER, fence));
        assertThat(count("ringstore.ring.batches.fenced")).isZero();

        metrics.told(new RingMoment.Fenced(fence, new Fence(2, 0)));
        assertThat(count("ringstore.ring.batches.fenced")).isOne();
    }

    @Test
    void theQueueIsWhatTheLoopReports() {
        FakeInbox inbox = new FakeInbox();
        bind(inbox);
        inbox.replies(new PeerReply.Report(new NodeReport(
                new Fence(7, 3),
                NodePhase.IDLE,
                5,
                false,
                "incarnation",
                3,
                OptionalLong.of(8_500L << 16),
                Slots.empty(3))));

        assertThat(gauge("ringstore.ring.queue")).isEqualTo(3);
        assertThat(gauge("ringstore.ring.queue.oldest.age")).isEqualTo(1.5);
    }

    @Test
    void anEmptyQueueHasNoAge() {
        bind(new FakeInbox());

        assertThat(gauge("ringstore.ring.queue")).isZero();
        assertThat(gauge("ringstore.ring.queue.oldest.age")).isZero();
    }

    @Test
    void aLoopThatCannotBeAskedHasNoNumber() {
        FakeInbox inbox = new FakeInbox();
        bind(inbox);
        inbox.isFull(true);

        assertThat(gauge("ringstore.ring.queue")).isNaN();
    }

    private void bind(FakeInbox inbox) {
        new QueueGauges(inbox, InstantSource.fixed(Instant.ofEpochMilli(10_000))).bindTo(meters);
    }

    private double count(String name, String... tags) {
        return meters.get(name).tags(tags).counter().count();
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }
}
