package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.TIMERS;
import static io.ringstore.ring.NodeUnderTest.joined;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.ring.RingAction.AnswerClient;
import io.ringstore.ring.WriteOutcome.NotCommitted;
import org.junit.jupiter.api.Test;

/** What a node does for requests that wait, and with those that it has no room or no time for (ring-protocol.md §5.5). */
class WaitingRequestsTests {

    /** The first wake may be lost, or come before there is a token; whoever stays need not pass for long (§5.2, §5.5). */
    @Test
    void aRequestThatGoesOnWaitingWakesTheOthersAgain() {
        NodeUnderTest node = joined(1);
        node.after(TIMERS.park(), new RingEvent.ReportAsked(1));
        node.asked("a");
        assertThat(node.all(RingAction.SendWake.class)).hasSize(4);

        node.after(TIMERS.park() - 1, new RingEvent.TimerFired(new Timer.SweepDue()));
        assertThat(node.all(RingAction.SendWake.class)).isEmpty();
        node.after(1, new RingEvent.TimerFired(new Timer.SweepDue()));

        assertThat(node.all(RingAction.SendWake.class)).hasSize(4);
        assertThat(node.all(RingAction.SendWake.class))
                .allSatisfy(wake -> assertThat(wake.wake().oldest()).isPresent());
    }

    @Test
    void aRequestThatNeverLeftIsNotCommitted() {
        NodeUnderTest node = joined(1);
        node.asked("a");

        node.after(5_000, new RingEvent.TimerFired(new Timer.SweepDue()));

        assertThat(node.only(AnswerClient.class).outcome()).isEqualTo(new NotCommitted(WriteOutcome.Reason.DEADLINE));
    }

    @Test
    void aFullQueueRefusesAtOnce() {
        NodeUnderTest node = joined(1);
        for (int i = 0; i < RingLimits.DEFAULT.maxRequests(); i++) {
            node.asked("a" + i);
        }

        node.asked("one too many");

        assertThat(node.only(AnswerClient.class).outcome()).isEqualTo(new NotCommitted(WriteOutcome.Reason.QUEUE_FULL));
    }

    @Test
    void soDoesOneThatHoldsAsMuchAsABatchMay() {
        NodeUnderTest node = joined(1);
        long first = node.asked("a", RingLimits.DEFAULT.maxWeight());
        assertThat(node.all(AnswerClient.class))
                .as("whatever comes first is taken")
                .isEmpty();

        node.asked("b");
        assertThat(node.only(AnswerClient.class).outcome()).isEqualTo(new NotCommitted(WriteOutcome.Reason.QUEUE_FULL));

        node.on(new RingEvent.ClientGone(first));
        for (String next : new String[] {"c", "d"}) {
            node.asked(next);
            assertThat(node.all(AnswerClient.class)).isEmpty();
        }
    }
}
