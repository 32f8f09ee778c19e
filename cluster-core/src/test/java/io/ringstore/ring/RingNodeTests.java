package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.committed;
import static io.ringstore.ring.NodeUnderTest.fence;
import static io.ringstore.ring.NodeUnderTest.idleToken;
import static io.ringstore.ring.NodeUnderTest.joined;
import static io.ringstore.ring.NodeUnderTest.peer;
import static io.ringstore.ring.NodeUnderTest.token;
import static io.ringstore.ring.NodeUnderTest.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.StoreView;
import io.ringstore.ring.RingAction.AnswerClient;
import io.ringstore.ring.RingAction.PassToken;
import io.ringstore.ring.WriteOutcome.NotCommitted;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of one node: how it begins and ends, and what it does when the ring is changed (ring-protocol.md §5.7, §8.6). */
class RingNodeTests {

    @Nested
    class WhenItStarts {

        @Test
        void itReadsTheFenceBeforeItTakesAToken() {
            NodeUnderTest node = new NodeUnderTest(1);
            node.on(new RingEvent.Started());
            assertThat(node.only(RingAction.ReadView.class)).isNotNull();

            assertThat(node.report().phase()).isEqualTo(NodePhase.JOINING);
            node.takes(new Token("ringstore", 0, fence(1, 1), Slots.empty(5), 0));
            assertThat(node.reply()).isInstanceOf(PeerReply.NotYours.class);
        }

        @Test
        void itAsksAgainUntilTheStoreAnswers() {
            NodeUnderTest node = new NodeUnderTest(1);
            node.on(new RingEvent.Started());
            node.on(new RingEvent.ViewReadFailed(
                    node.only(RingAction.ReadView.class).read()));

            node.fires(node.timer(Timer.ReadRetry.class));

            assertThat(node.all(RingAction.ReadView.class)).hasSize(1);
        }

        /** Failures and retries of a question that is over come late, and so may a second answer. */
        @Test
        void itAsksNothingAgainThatWasAnswered() {
            NodeUnderTest node = new NodeUnderTest(1);
            node.on(new RingEvent.Started());
            long read = node.only(RingAction.ReadView.class).read();
            var answered = new RingEvent.ViewRead(read, view(fence(1, 3)));
            node.on(answered);

            for (RingEvent over : List.of(
                    answered,
                    new RingEvent.ViewReadFailed(read),
                    new RingEvent.TimerFired(new Timer.ReadRetry(read)))) {
                assertThat(node.after(40, over)).as("%s", over).isEmpty();
            }
            node.asked("a");
            assertThat(node.report().waitingSince())
                    .as("no old answer sets the clock back")
                    .hasValue(NodeUnderTest.STORE_TIME + 3 * 40);
        }

        @Test
        void itDoesNotBeginOnARingThatIsInstalledAlreadyOrWithoutIt() {
            for (RingConfig ring : List.of(NodeUnderTest.RING, new RingConfig(0, NodeUnderTest.nodes(1)))) {
                assertThatThrownBy(() -> new RingNode(
                                "ringstore", peer(4), ring, "life-1", NodeUnderTest.TIMERS, RingLimits.DEFAULT))
                        .hasMessageContaining("not on the configured ring");
            }
        }

        @Test
        void itTellsEveryPeerOnceItHasJoined() {
            NodeUnderTest node = joined(1);

            assertThat(node.all(RingAction.SendWake.class))
                    .extracting(RingAction.SendWake::to)
                    .containsExactly(peer(0), peer(2), peer(3), peer(4));
            assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
        }

        @Test
        void itRefusesToRunOnARingThatIsNotItsOwn() {
            NodeUnderTest node = new NodeUnderTest(1);
            node.on(new RingEvent.Started());
            StoreView other =
                    new StoreView(fence(1, 0), new RingConfig(1, NodeUnderTest.nodes(3)), NodeUnderTest.STORE_TIME);

            node.on(new RingEvent.ViewRead(node.only(RingAction.ReadView.class).read(), other));

            assertThat(node.only(RingAction.Halt.class).reason()).contains("settings", "store");
        }

        @Test
        void itTakesNoRequestsBefore() {
            NodeUnderTest node = new NodeUnderTest(1);

            node.asked("a");

            assertThat(node.only(AnswerClient.class).outcome())
                    .isEqualTo(new NotCommitted(WriteOutcome.Reason.NOT_READY));
        }
    }

    @Nested
    class WhenItIsStopped {

        @Test
        void itHandsTheTokenOverBeforeItGoes() {
            NodeUnderTest node = joined(1);
            node.takes(idleToken(1, 6));

            node.on(new RingEvent.StopRequested());
            assertThat(node.only(PassToken.class).to()).isEqualTo(peer(2));
            assertThat(node.all(RingAction.Leave.class)).isEmpty();

            node.on(new RingEvent.PassAnswered(fence(1, 7), peer(2), new PeerReply.Taken(fence(1, 7))));
            assertThat(node.all(RingAction.Leave.class)).hasSize(1);
            assertThat(node.all(RingAction.SendBye.class)).hasSize(4);
        }

        /** The second request is somebody who loses patience; neither makes it stay longer. */
        @Test
        void itGoesWhenItsTimeIsOverThoughItHasTheToken() {
            NodeUnderTest node = joined(1);
            node.asked("a");
            node.takes(idleToken(1, 6));
            node.on(new RingEvent.StopRequested());
            assertThat(node.timer(Timer.DrainOver.class)).isNotNull();
            assertThat(node.on(new RingEvent.StopRequested())).isEmpty();
            assertThat(node.takes(idleToken(1, 11)))
                    .containsExactly(new RingAction.Answer(7, new PeerReply.NotReady()));

            node.fires(new Timer.DrainOver());

            assertThat(node.all(RingAction.Leave.class)).hasSize(1);
            assertThat(node.only(AnswerClient.class).outcome()).isEqualTo(new WriteOutcome.Unknown());
            assertThat(node.fires(new Timer.DrainOver())).as("it goes once").isEmpty();
        }

        @Test
        void itAsksNothingMoreOnceItIsGone() {
            NodeUnderTest node = new NodeUnderTest(1);
            node.on(new RingEvent.Started());
            Timer.ReadRetry retry = node.timer(Timer.ReadRetry.class);
            node.on(new RingEvent.StopRequested());
            assertThat(node.all(RingAction.Leave.class)).hasSize(1);

            assertThat(node.fires(retry)).isEmpty();
        }

        @Test
        void itHandsOnTheNewerTokenThatCameDuringItsLastCriticalSection() {
            NodeUnderTest node = joined(1);
            node.asked("a");
            node.takes(idleToken(1, 6));
            node.takes(idleToken(2, 1));
            node.on(new RingEvent.StopRequested());

            node.storeAnswers(fence(1, 6), fence(2, Fence.NO_HOP), new EntryResult.Refused(Refusal.FENCED));

            assertThat(node.only(PassToken.class).token().fence()).isEqualTo(fence(2, 2));
            assertThat(node.all(RingAction.SendBatch.class)).isEmpty();
        }

        @Test
        void itTellsItsClientsWhetherTheirWritesHappened() {
            NodeUnderTest node = joined(1);
            node.asked("a");

            node.on(new RingEvent.StopRequested());

            assertThat(node.only(AnswerClient.class).outcome())
                    .isEqualTo(new NotCommitted(WriteOutcome.Reason.NOT_READY));
        }
    }

    /** The epoch of a changed ring belongs to nobody; waiting for T_lost would only cost time. */
    @Test
    void aRingThatWasChangedBeginsAnewAsAfterAStart() {
        NodeUnderTest node = joined(1);
        Timer lookOut = node.timer(Timer.LookOut.class);
        node.asked("a");
        node.takes(token(1, 6, null, null, null, null, null));
        RingConfig larger = new RingConfig(2, NodeUnderTest.nodes(7));
        StoreView changed = new StoreView(fence(2, Fence.NO_HOP), larger, NodeUnderTest.STORE_TIME);
        node.on(new RingEvent.BatchAnswered(
                fence(1, 6),
                new BatchApplied(List.of(new EntryResult.Refused(Refusal.MISPLACED)), List.of(), List.of(), changed)));
        node.now += NodeUnderTest.TIMERS.start() + NodeUnderTest.TIMERS.start() / 5;
        node.fires(lookOut);

        assertThat(node.all(RingAction.SendWake.class))
                .as("whether somebody has the token")
                .hasSize(6);
    }

    /** A token of the ring before is nobody's: whoever changed the ring opened an epoch. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenOfARingThatWasChangedIsDropped(boolean parked) {
        NodeUnderTest node = joined(1);
        node.takes(parked ? idleToken(1, 6) : token(1, 6, null, null, 5L, null, null));
        assertThat(node.report().phase()).isEqualTo(parked ? NodePhase.PARKED : NodePhase.HOLDING);
        node.takes(new Token("ringstore", 2, fence(2, 1), Slots.empty(7), 0));
        RingConfig larger = new RingConfig(2, NodeUnderTest.nodes(7));

        node.on(new RingEvent.ViewRead(
                node.only(RingAction.ReadView.class).read(),
                new StoreView(fence(1, 6), larger, NodeUnderTest.STORE_TIME)));

        assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
    }

    @Test
    void aReportTellsSinceWhenSomebodyWaits() {
        NodeUnderTest node = joined(1);
        assertThat(node.report().waitingSince()).isEmpty();
        node.now += 40;
        node.asked("a");

        assertThat(node.report().waitingSince()).hasValue(NodeUnderTest.STORE_TIME + 40);
    }

    @Test
    void slotsAreEqualIfTheSameWaitForAsLong() {
        Slots slots = Slots.empty(3).with(1, OptionalLong.of(5));

        assertThat(slots).isEqualTo(Slots.empty(3).with(1, OptionalLong.of(5)));
        assertThat(slots).hasSameHashCodeAs(Slots.empty(3).with(1, OptionalLong.of(5)));
        assertThat(slots).isNotEqualTo(Slots.empty(3).with(2, OptionalLong.of(5)));
        assertThat(slots).isNotEqualTo(slots.toVector());
    }

    @Test
    void aNodeThatWasRemovedFromTheRingStops() {
        NodeUnderTest node = joined(4);
        node.takes(new Token("ringstore", 2, fence(2, 1), Slots.empty(3), 0));
        long read = node.only(RingAction.ReadView.class).read();

        node.on(new RingEvent.ViewRead(
                read, new StoreView(fence(2, 0), new RingConfig(2, NodeUnderTest.nodes(3)), NodeUnderTest.STORE_TIME)));

        assertThat(node.only(RingAction.Halt.class).reason()).contains("sync-4");
    }

    /** A store that was restored from an old backup (§13). */
    @Test
    void aStoreBehindTheEpochThatWasSeenStopsTheNode() {
        NodeUnderTest node = joined(1);
        node.takes(idleToken(5, 6));
        node.takes(new Token("ringstore", 2, fence(5, 11), Slots.empty(7), 0));
        long read = node.only(RingAction.ReadView.class).read();

        node.on(new RingEvent.ViewRead(read, view(fence(4, 9))));

        assertThat(node.only(RingAction.Halt.class).reason()).contains("back in time");
    }

    @Test
    void theSameEventsLeadToTheSameActions() {
        assertThat(List.of(story(), story())).allMatch(story()::equals);
    }

    private static List<RingAction> story() {
        NodeUnderTest node = joined(1);
        node.asked("a");
        node.takes(idleToken(1, 6));
        return node.storeAnswers(fence(1, 6), view(fence(1, 6)).fence(), committed(1, fence(1, 6)));
    }
}
