package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.fence;
import static io.ringstore.ring.NodeUnderTest.idleToken;
import static io.ringstore.ring.NodeUnderTest.joined;
import static io.ringstore.ring.NodeUnderTest.peer;
import static io.ringstore.ring.NodeUnderTest.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.RingAction.PassToken;
import io.ringstore.ring.RingAction.SendBatch;
import io.ringstore.ring.RingAction.SendCopy;
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
                Arguments.of("a hop below zero", idleToken(1, Fence.NO_HOP), PeerReply.Malformed.class),
                Arguments.of(
                        "a clock below zero",
                        new Token("ringstore", 1, fence(1, 6), Slots.empty(5), -1),
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

        /** As it may for a moment while the ring is being changed. */
        @Test
        void aWakeOfANodeThatIsNotOnTheRingMovesNothing() {
            NodeUnderTest node = joined(1);
            node.takes(idleToken(1, 6));

            node.on(new RingEvent.WakeArrived(8, new Wake(new NodeId("sync-9"), 1, OptionalLong.of(17), "life-9")));

            assertThat(node.all(PassToken.class)).isEmpty();
            assertThat(node.report().phase()).isEqualTo(NodePhase.PARKED);
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
}
