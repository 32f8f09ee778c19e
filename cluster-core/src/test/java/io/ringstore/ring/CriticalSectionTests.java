package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.TIMERS;
import static io.ringstore.ring.NodeUnderTest.committed;
import static io.ringstore.ring.NodeUnderTest.fence;
import static io.ringstore.ring.NodeUnderTest.idleToken;
import static io.ringstore.ring.NodeUnderTest.joined;
import static io.ringstore.ring.NodeUnderTest.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.Origin;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.StoreView;
import io.ringstore.ledger.TxnOutcome;
import io.ringstore.ring.RingAction.AnswerClient;
import io.ringstore.ring.RingAction.PassToken;
import io.ringstore.ring.RingAction.SendBatch;
import io.ringstore.ring.WriteOutcome.Decided;
import io.ringstore.ring.WriteOutcome.NotCommitted;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node does in its critical section, and with those who wait for it (ring-protocol.md §5.2, §5.5). */
class CriticalSectionTests {

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

        static Stream<EntryResult> decisions() {
            Origin origin = committed(1, fence(1, 6)).origin();
            return Stream.concat(
                    Stream.of(
                            new EntryResult.Transacted(1, new TxnOutcome(true, List.of()), false, origin),
                            new EntryResult.PreconditionFailed(7),
                            new EntryResult.NoSuchKey()),
                    Stream.of(
                                    Refusal.KEY_REUSED,
                                    Refusal.KEY_EXPIRED,
                                    Refusal.KEY_FROM_FUTURE,
                                    Refusal.BUSY,
                                    Refusal.READS_TOO_MUCH,
                                    Refusal.FULL)
                            .map(EntryResult.Refused::new));
        }

        @ParameterizedTest
        @MethodSource("decisions")
        void whateverTheStoreDecidesIsToldAndTheTokenLives(EntryResult decision) {
            long ticket = entered();

            node.storeAnswers(fence(1, 6), decision);

            assertThat(node.only(AnswerClient.class)).isEqualTo(new AnswerClient(ticket, new Decided(decision)));
            assertThat(node.report().phase()).isEqualTo(NodePhase.PARKED);
        }

        /** Its timer and its failure come in any order, and each may come twice. */
        @Test
        void anAttemptIsFollowedByOneOther() {
            entered();
            var failed = new RingEvent.BatchFailed(fence(1, 6), 0, true);
            node.on(failed);
            assertThat(node.timer(Timer.AttemptDue.class)).isEqualTo(new Timer.AttemptDue(fence(1, 6), 1));

            for (RingEvent over : List.of(
                    failed,
                    new RingEvent.TimerFired(new Timer.AttemptOverdue(fence(1, 6), 0)),
                    new RingEvent.TimerFired(new Timer.AttemptDue(fence(1, 6), 2)))) {
                assertThat(node.on(over)).as("%s", over).isEmpty();
            }
            node.fires(new Timer.AttemptDue(fence(1, 6), 1));
            assertThat(node.only(SendBatch.class).attempt()).isEqualTo(1);
            for (RingEvent over : List.of(
                    failed,
                    new RingEvent.TimerFired(new Timer.AttemptOverdue(fence(1, 6), 0)),
                    new RingEvent.TimerFired(new Timer.AttemptDue(fence(1, 6), 1)),
                    new RingEvent.TimerFired(new Timer.AttemptDue(fence(1, 6), 2)))) {
                assertThat(node.on(over)).as("%s", over).isEmpty();
            }
        }

        /** Or writes would be given the results of others. */
        @Test
        void anAnswerThatIsNotAboutEveryWriteStopsTheNode() {
            entered();

            assertThatThrownBy(
                            () -> node.storeAnswers(fence(1, 6), committed(1, fence(1, 6)), committed(2, fence(1, 6))))
                    .hasMessageContaining("broken claim", "one result for each write");
        }

        @Test
        void aTokenOfTheRingBeforeEndsWithItsBatch() {
            long ticket = entered();
            node.takes(new Token("ringstore", 2, fence(2, 1), Slots.empty(7), 0));
            RingConfig larger = new RingConfig(2, NodeUnderTest.nodes(7));
            node.on(new RingEvent.ViewRead(
                    node.only(RingAction.ReadView.class).read(),
                    new StoreView(fence(1, 6), larger, NodeUnderTest.STORE_TIME)));

            node.storeAnswers(fence(1, 6), committed(1, fence(1, 6)));

            assertThat(node.only(AnswerClient.class).ticket()).isEqualTo(ticket);
            assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
        }

        @Test
        void aStoreThatIsThereAgainWakesNobodyIfNothingWaits() {
            long ticket = entered();
            node.after(TIMERS.yield(), new RingEvent.TimerFired(new Timer.YieldDue(fence(1, 6))));
            Timer.ReadRetry retry = node.timer(Timer.ReadRetry.class);
            node.on(new RingEvent.ClientGone(ticket));
            node.fires(retry);
            long read = node.only(RingAction.ReadView.class).read();

            node.on(new RingEvent.ViewRead(read, NodeUnderTest.view(fence(1, 6))));

            assertThat(node.all(RingAction.SendWake.class)).isEmpty();
            assertThat(node.report().blocked()).isFalse();
        }

        @Test
        void aStoreThatWentBackInTimeStopsTheNode() {
            entered();

            node.storeAnswers(fence(1, 6), fence(0, Fence.NO_HOP), new EntryResult.Refused(Refusal.UNKNOWN_EPOCH));

            assertThat(node.only(RingAction.Halt.class).reason()).contains("back in time");
        }
    }
}
