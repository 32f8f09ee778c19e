package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.TIMERS;
import static io.ringstore.ring.NodeUnderTest.committed;
import static io.ringstore.ring.NodeUnderTest.fence;
import static io.ringstore.ring.NodeUnderTest.idleToken;
import static io.ringstore.ring.NodeUnderTest.joined;
import static io.ringstore.ring.NodeUnderTest.peer;
import static io.ringstore.ring.NodeUnderTest.token;
import static io.ringstore.ring.NodeUnderTest.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.StoreView;
import io.ringstore.ring.RingAction.AnswerClient;
import io.ringstore.ring.RingAction.PassToken;
import io.ringstore.ring.RingAction.SendBatch;
import io.ringstore.ring.RingAction.SendCopy;
import io.ringstore.ring.WriteOutcome.Decided;
import io.ringstore.ring.WriteOutcome.NotCommitted;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one node does, event by event, as ring-protocol.md has it. */
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

    static Stream<Arguments> offeredTokens() {
        return Stream.of(
                Arguments.of(
                        "another cluster",
                        new Token("other", 1, fence(1, 6), Slots.empty(5), 0),
                        PeerReply.Malformed.class),
                Arguments.of(
                        "too many slots", token(1, 6, null, null, null, null, null, null), PeerReply.Malformed.class),
                Arguments.of(
                        "no epoch",
                        new Token("ringstore", 1, fence(0, 6), Slots.empty(5), 0),
                        PeerReply.Malformed.class),
                Arguments.of("an absurd epoch", idleToken(Long.MAX_VALUE, 6), PeerReply.Malformed.class),
                Arguments.of("an absurd hop", idleToken(1, Long.MAX_VALUE), PeerReply.Malformed.class),
                Arguments.of(
                        "an absurd clock",
                        new Token("ringstore", 1, fence(1, 6), Slots.empty(5), Long.MAX_VALUE),
                        PeerReply.Malformed.class),
                Arguments.of(
                        "an older configuration",
                        new Token("ringstore", 0, fence(1, 6), Slots.empty(5), 0),
                        PeerReply.OtherConfig.class),
                Arguments.of(
                        "a newer configuration",
                        new Token("ringstore", 2, fence(1, 6), Slots.empty(7), 0),
                        PeerReply.OtherConfig.class),
                Arguments.of("a hop of another node (R1)", idleToken(1, 7), PeerReply.NotYours.class),
                Arguments.of("a fence seen before (R6)", idleToken(1, 1), PeerReply.Stale.class),
                Arguments.of("a newer fence", idleToken(1, 6), PeerReply.Taken.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offeredTokens")
    void tokensAreCheckedBeforeAnythingChanges(String name, Token offered, Class<? extends PeerReply> answer) {
        NodeUnderTest node = joined(1);
        node.takes(idleToken(1, 1));
        NodeReport before = node.report();

        node.takes(offered);

        assertThat(node.reply()).isInstanceOf(answer);
        if (answer != PeerReply.Taken.class) {
            assertThat(node.report()).isEqualTo(before);
        }
    }

    @Test
    void aNewerConfigurationIsLookedUpInTheStore() {
        NodeUnderTest node = joined(1);

        node.takes(new Token("ringstore", 2, fence(1, 6), Slots.empty(7), 0));

        assertThat(node.all(RingAction.ReadView.class)).hasSize(1);
    }

    @Nested
    class WhenItGetsTheToken {

        @Test
        void itEntersAtOnceIfItWaitsLongest() {
            NodeUnderTest node = joined(1);
            node.asked("a");
            node.asked("b");

            node.takes(token(1, 6, null, null, null, Long.MAX_VALUE - 1, null));

            SendBatch sent = node.only(SendBatch.class);
            assertThat(sent.batch().fence()).isEqualTo(fence(1, 6));
            assertThat(sent.batch().entries())
                    .extracting(entry -> entry.write().requestId())
                    .containsExactly("a", "b");
        }

        @Test
        void itPassesATokenThatSomebodyElseHasWaitedForLonger() {
            NodeUnderTest node = joined(1);
            node.asked("a");

            node.takes(token(1, 6, null, null, null, 5L, null));

            PassToken passed = node.only(PassToken.class);
            assertThat(passed.to()).isEqualTo(peer(2));
            assertThat(passed.token().fence()).isEqualTo(fence(1, 7));
            assertThat(passed.token().slots().at(1)).isPresent();
            assertThat(node.only(SendCopy.class).to()).isEqualTo(peer(3));
            assertThat(node.only(SendCopy.class).token()).isEqualTo(passed.token());
        }

        @Test
        void itParksATokenThatNobodyWaitsForAndPassesItOnLater() {
            NodeUnderTest node = joined(1);
            node.takes(idleToken(1, 6));
            assertThat(node.all(PassToken.class)).isEmpty();

            node.fires(new Timer.ParkOver(fence(1, 6)));

            assertThat(node.only(PassToken.class).token().fence()).isEqualTo(fence(1, 7));
        }

        @Test
        void aRequestFindsAParkedTokenAtOnce() {
            NodeUnderTest node = joined(1);
            node.takes(idleToken(1, 6));

            node.asked("a");

            assertThat(node.only(SendBatch.class).batch().fence()).isEqualTo(fence(1, 6));
        }

        @Test
        void aWakeSendsAParkedTokenOn() {
            NodeUnderTest node = joined(1);
            node.takes(idleToken(1, 6));

            node.on(new RingEvent.WakeArrived(8, new Wake(peer(4), 1, OptionalLong.of(17), "life-9")));

            assertThat(node.only(PassToken.class).token().slots().at(4)).hasValue(17);
        }

        @Test
        void tiesGoToTheSmallerIndex() {
            assertThat(token(1, 6, 5L, 5L, null, null, null).slots().isOldest(0))
                    .isTrue();
            assertThat(token(1, 6, 5L, 5L, null, null, null).slots().isOldest(1))
                    .isFalse();
        }
    }

    @Nested
    class WhenAPeerDoesNotTakeTheToken {

        private final NodeUnderTest node = joined(1);

        @Test
        void itIsSkippedAndItsSlotEmptied() {
            node.takes(token(1, 6, null, null, 5L, 6L, null));

            node.on(new RingEvent.PassFailed(fence(1, 7), peer(2)));

            PassToken passed = node.only(PassToken.class);
            assertThat(passed.to()).isEqualTo(peer(3));
            assertThat(passed.token().fence()).as("R1: two steps, two hops").isEqualTo(fence(1, 8));
            assertThat(passed.token().slots().at(2)).as("R4").isEmpty();
        }

        @Test
        void silenceIsAFailureToo() {
            node.takes(token(1, 6, null, null, 5L, 6L, null));

            node.fires(new Timer.PassOverdue(fence(1, 7)));

            assertThat(node.only(PassToken.class).to()).isEqualTo(peer(3));
        }

        @Test
        void aTokenThatPeersKnowToBeStaleIsDropped() {
            node.takes(token(1, 6, null, null, 5L, null, null));

            node.on(new RingEvent.PassAnswered(fence(1, 7), peer(2), new PeerReply.Stale(fence(2, 3))));

            assertThat(node.all(PassToken.class)).isEmpty();
            assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
            assertThat(node.report().seen()).isEqualTo(fence(2, 3));
        }

        @Test
        void aNodeThatIsLeftAloneServesItself() {
            node.takes(token(1, 6, null, null, 5L, null, null));
            for (int steps = 1; steps < 5; steps++) {
                node.on(new RingEvent.PassFailed(fence(1, 6 + steps), peer((1 + steps) % 5)));
            }
            assertThat(node.report().phase()).isEqualTo(NodePhase.PARKED);

            node.asked("a");

            assertThat(node.only(SendBatch.class).batch().fence()).isEqualTo(fence(1, 11));
        }

        @Test
        void itIsAskedForItsHealthAndClearedWhenItAnswers() {
            node.takes(token(1, 6, null, null, 5L, 6L, null));
            node.on(new RingEvent.PassFailed(fence(1, 7), peer(2)));
            node.on(new RingEvent.PassAnswered(fence(1, 8), peer(3), new PeerReply.Taken(fence(1, 8))));

            node.fires(new Timer.ProbeDue(peer(2)));
            assertThat(node.only(RingAction.AskHealth.class).peer()).isEqualTo(peer(2));

            NodeReport healthy = new NodeReport(
                    fence(1, 8), NodePhase.IDLE, 0, false, "life-2", 0, OptionalLong.empty(), Slots.empty(5));
            node.on(new RingEvent.PeerReported(RingAction.NO_CHECK, peer(2), healthy));
            node.takes(token(1, 11, null, null, 5L, null, null));

            assertThat(node.only(PassToken.class).to()).isEqualTo(peer(2));
        }
    }

    @Test
    void aPeerThatComesAndGoesIsLookedAfterByOneTimer() {
        NodeUnderTest node = joined(1);
        node.on(new RingEvent.ByeArrived(peer(2)));
        assertThat(node.timer(Timer.ProbeDue.class)).isEqualTo(new Timer.ProbeDue(peer(2)));
        node.on(new RingEvent.WakeArrived(8, new Wake(peer(2), 1, OptionalLong.empty(), "life-2")));

        node.on(new RingEvent.ByeArrived(peer(2)));

        assertThat(node.all(RingAction.StartTimer.class))
                .extracting(RingAction.StartTimer::timer)
                .doesNotContain(new Timer.ProbeDue(peer(2)));
    }

    @Nested
    class InTheCriticalSection {

        private final NodeUnderTest node = joined(1);

        private long entered() {
            long ticket = node.asked("a");
            node.takes(idleToken(1, 6));
            return ticket;
        }

        @Test
        void theStoresAnswerIsTheClients() {
            long ticket = entered();

            node.storeAnswers(fence(1, 6), committed(1, fence(1, 6)));

            assertThat(node.only(AnswerClient.class))
                    .isEqualTo(new AnswerClient(ticket, new Decided(committed(1, fence(1, 6)))));
            assertThat(node.report().queued()).isZero();
        }

        @Test
        void theTokenStaysWhereTheDemandIsUnderAFenceOfItsOwn() {
            entered();
            node.asked("b");
            node.storeAnswers(fence(1, 6), committed(1, fence(1, 6)));

            assertThat(node.all(PassToken.class)).isEmpty();
            assertThat(node.only(SendBatch.class).batch().fence()).isEqualTo(fence(1, 11));
        }

        @Test
        void aNodeThatWritesForLongPassesTheTokenRoundAllTheSame() {
            entered();
            node.asked("b");
            node.now += TIMERS.park();

            node.storeAnswers(fence(1, 6), committed(1, fence(1, 6)));

            assertThat(node.only(PassToken.class).token().slots().at(1)).isPresent();
        }

        @Test
        void whoWaitsElsewhereGetsTheTokenNext() {
            entered();
            node.on(new RingEvent.WakeArrived(8, new Wake(peer(4), 1, OptionalLong.of(17), "life-9")));

            node.storeAnswers(fence(1, 6), committed(1, fence(1, 6)));

            assertThat(node.only(PassToken.class).token().slots().at(4)).hasValue(17);
        }

        @Test
        void aFencedBatchStaysQueuedAndTheTokenDies() {
            entered();

            node.storeAnswers(fence(1, 6), fence(2, 0), new EntryResult.Refused(Refusal.FENCED));

            assertThat(node.all(AnswerClient.class)).isEmpty();
            assertThat(node.all(PassToken.class)).isEmpty();
            assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
            assertThat(node.report().queued()).isEqualTo(1);
            assertThat(node.report().seen()).isEqualTo(fence(2, 0));
        }

        @Test
        void anotherStoreNodeGetsTheVerySameBatch() {
            entered();
            node.asked("b");

            node.fires(new Timer.AttemptOverdue(fence(1, 6), 0));

            SendBatch again = node.only(SendBatch.class);
            assertThat(again.attempt()).isEqualTo(1);
            assertThat(again.batch().entries()).hasSize(1);
        }

        @Test
        void aStoreThatDoesNotAnswerInTimeIsGivenUpForNow() {
            entered();

            node.after(TIMERS.yield(), new RingEvent.TimerFired(new Timer.YieldDue(fence(1, 6))));

            assertThat(node.report().blocked()).isTrue();
            assertThat(node.report().phase())
                    .as("R5: nobody waits for a blocked node")
                    .isEqualTo(NodePhase.PARKED);
            assertThat(node.report().slots().areEmpty()).isTrue();
        }

        @Test
        void whatWasSentWithoutAnAnswerIsUnknownAtItsDeadline() {
            entered();
            node.after(TIMERS.yield(), new RingEvent.TimerFired(new Timer.YieldDue(fence(1, 6))));

            node.after(5_000, new RingEvent.TimerFired(new Timer.SweepDue()));

            assertThat(node.only(AnswerClient.class).outcome()).isInstanceOf(WriteOutcome.Unknown.class);
        }

        @Test
        void whatEveryAttemptRefusedForSureIsNotCommitted() {
            entered();
            node.on(new RingEvent.BatchFailed(fence(1, 6), 0, true));
            node.after(TIMERS.yield(), new RingEvent.TimerFired(new Timer.YieldDue(fence(1, 6))));

            node.after(5_000, new RingEvent.TimerFired(new Timer.SweepDue()));

            assertThat(node.only(AnswerClient.class).outcome())
                    .isEqualTo(new NotCommitted(WriteOutcome.Reason.DEADLINE));
        }

        @Test
        void aNewerTokenThatArrivesMeanwhileIsUsedAfterwards() {
            entered();
            node.takes(idleToken(2, 1));
            assertThat(node.all(PassToken.class)).isEmpty();

            node.storeAnswers(fence(1, 6), fence(2, Fence.NO_HOP), new EntryResult.Refused(Refusal.FENCED));

            assertThat(node.only(SendBatch.class).batch().fence()).isEqualTo(fence(2, 1));
        }

        @Test
        void aRequestTooOldToBeRememberedIsUnknownIfAnEarlierAttemptWasNotAnswered() {
            entered();
            node.fires(new Timer.AttemptOverdue(fence(1, 6), 0));

            node.storeAnswers(fence(1, 6), new EntryResult.Refused(Refusal.KEY_EXPIRED));

            assertThat(node.only(AnswerClient.class).outcome()).isEqualTo(new WriteOutcome.Unknown());
        }

        @Test
        void aWakeFromTheNextConfigurationDoesNotTouchTheTokenOfThisOne() {
            entered();
            node.takes(new Token("ringstore", 2, fence(2, 1), Slots.empty(7), 0));
            RingConfig larger = new RingConfig(2, NodeUnderTest.nodes(7));
            node.on(new RingEvent.ViewRead(
                    node.only(RingAction.ReadView.class).read(),
                    new StoreView(fence(2, Fence.NO_HOP), larger, NodeUnderTest.STORE_TIME)));

            node.on(new RingEvent.WakeArrived(8, new Wake(larger.nodes().get(6), 2, OptionalLong.of(17), "life-9")));

            assertThat(node.reply()).isInstanceOf(PeerReply.Report.class);
        }

        @Test
        void aStoreThatWentBackInTimeStopsTheNode() {
            entered();

            node.storeAnswers(fence(1, 6), fence(0, Fence.NO_HOP), new EntryResult.Refused(Refusal.UNKNOWN_EPOCH));

            assertThat(node.only(RingAction.Halt.class).reason()).contains("back in time");
        }
    }

    @Nested
    class AtItsDeadline {

        @Test
        void aRequestThatNeverLeftIsNotCommitted() {
            NodeUnderTest node = joined(1);
            node.asked("a");

            node.after(5_000, new RingEvent.TimerFired(new Timer.SweepDue()));

            assertThat(node.only(AnswerClient.class).outcome())
                    .isEqualTo(new NotCommitted(WriteOutcome.Reason.DEADLINE));
        }

        @Test
        void aFullQueueRefusesAtOnce() {
            NodeUnderTest node = joined(1);
            for (int i = 0; i < RingLimits.DEFAULT.maxRequests(); i++) {
                node.asked("a" + i);
            }

            node.asked("one too many");

            assertThat(node.only(AnswerClient.class).outcome())
                    .isEqualTo(new NotCommitted(WriteOutcome.Reason.QUEUE_FULL));
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

    @Test
    void aNodeThatWasRemovedFromTheRingStops() {
        NodeUnderTest node = joined(4);
        node.takes(new Token("ringstore", 2, fence(2, 1), Slots.empty(3), 0));
        long read = node.only(RingAction.ReadView.class).read();

        node.on(new RingEvent.ViewRead(
                read, new StoreView(fence(2, 0), new RingConfig(2, NodeUnderTest.nodes(3)), NodeUnderTest.STORE_TIME)));

        assertThat(node.only(RingAction.Halt.class).reason()).contains("sync-4");
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
