package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.fence;
import static io.ringstore.ring.NodeUnderTest.idleToken;
import static io.ringstore.ring.NodeUnderTest.joined;
import static io.ringstore.ring.NodeUnderTest.peer;
import static io.ringstore.ring.NodeUnderTest.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.ring.RingAction.PassToken;
import io.ringstore.ring.RingAction.SendBatch;
import io.ringstore.ring.RingAction.SendCopy;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node does with a token that it is offered, and with those who do not take it (ring-protocol.md §4.1, §5.1, §5.3). */
class TokenPathTests {

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

        /** Or a node whose clock is behind would seem to have waited longer than those whom the token comes from (§6). */
        @Test
        void itsClockIsNeverBehindTheTokens() {
            NodeUnderTest node = joined(1);
            long ahead = (NodeUnderTest.STORE_TIME + 60_000) << 16;

            node.takes(new Token("ringstore", 1, fence(1, 6), Slots.empty(5), ahead));
            node.asked("a");

            assertThat(node.only(SendBatch.class).batch().entries().getFirst().timestamp())
                    .isGreaterThan(ahead);
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

        static Stream<PeerReply.TokenReply> answersThatAreNeitherYesNorStale() {
            return Stream.of(new PeerReply.NotYours(), new PeerReply.Malformed("nonsense"), new PeerReply.NotReady());
        }

        @ParameterizedTest
        @MethodSource("answersThatAreNeitherYesNorStale")
        void soIsAnyAnswerThatIsNeitherYesNorStale(PeerReply.TokenReply answer) {
            node.takes(token(1, 6, null, null, 5L, 6L, null));

            node.on(new RingEvent.PassAnswered(fence(1, 7), peer(2), answer));

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
        void whoeverItReachesSecondRefusesItUnderTheVeryFenceThatWentPast() {
            NodeUnderTest impatient = joined(0);
            NodeUnderTest after = joined(2);
            impatient.takes(token(1, 5, null, null, 5L, null, null));
            Token late = impatient.only(PassToken.class).token();
            impatient.fires(new Timer.PassOverdue(late.fence()));
            Token past = impatient.only(PassToken.class).token();
            node.takes(late);
            Token second = node.only(PassToken.class).token();
            assertThat(List.of(past.fence(), second.fence())).containsOnly(fence(1, 7));

            after.takes(past);
            after.takes(second);
            assertThat(after.reply()).isEqualTo(new PeerReply.Stale(fence(1, 7)));
            node.on(new RingEvent.PassAnswered(fence(1, 7), peer(2), (PeerReply.TokenReply) after.reply()));

            assertThat(node.only(RingAction.Tell.class).moment())
                    .as("it is a token that was refused, no batch")
                    .isEqualTo(new RingMoment.PassRefused(fence(1, 7), peer(2), fence(1, 7)));
            assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
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
}
