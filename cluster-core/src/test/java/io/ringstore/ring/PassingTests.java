package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.fence;
import static io.ringstore.ring.NodeUnderTest.joined;
import static io.ringstore.ring.NodeUnderTest.peer;
import static io.ringstore.ring.NodeUnderTest.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.NodeId;
import io.ringstore.ring.RingAction.PassToken;
import io.ringstore.ring.RingAction.SendBatch;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a token that a peer does not take, and of that peer (ring-protocol.md §5.3, §7). */
class PassingTests {

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

    static Stream<PeerReply.TokenReply> answersAboutTheConfiguration() {
        return Stream.of(new PeerReply.OtherConfig(0), new PeerReply.OtherConfig(2));
    }

    /** The token was passed on meanwhile, or is not here any more. */
    @ParameterizedTest
    @MethodSource("answersAboutTheConfiguration")
    void anAnswerThatComesTooLateMovesNothing(PeerReply.TokenReply answer) {
        node.takes(token(1, 6, null, null, 5L, 6L, null));
        node.fires(new Timer.PassOverdue(fence(1, 7)));
        var late = new RingEvent.PassAnswered(fence(1, 7), peer(2), answer);

        node.on(late);

        assertThat(node.all(PassToken.class)).isEmpty();
        assertThat(node.report().phase()).isEqualTo(NodePhase.HOLDING);
        node.on(new RingEvent.PassAnswered(fence(1, 8), peer(3), new PeerReply.Taken(fence(1, 8))));
        node.on(late);
        assertThat(node.all(PassToken.class)).isEmpty();
        assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
    }

    @Test
    void aPeerThatBelievesInAnEarlierRingIsSkippedAndOneThatBelievesInALaterEndsThePass() {
        node.takes(token(1, 6, null, null, 5L, 6L, null));

        node.on(new RingEvent.PassAnswered(fence(1, 7), peer(2), new PeerReply.OtherConfig(0)));
        assertThat(node.only(PassToken.class).to()).isEqualTo(peer(3));

        node.on(new RingEvent.PassAnswered(fence(1, 8), peer(3), new PeerReply.OtherConfig(2)));
        assertThat(node.all(PassToken.class)).isEmpty();
        assertThat(node.all(RingAction.ReadView.class)).hasSize(1);
        assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
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

    @Test
    void aPeerThatComesAndGoesIsLookedAfterByOneTimer() {
        node.on(new RingEvent.ByeArrived(peer(2)));
        assertThat(node.timer(Timer.ProbeDue.class)).isEqualTo(new Timer.ProbeDue(peer(2)));
        node.on(new RingEvent.WakeArrived(8, new Wake(peer(2), 1, OptionalLong.empty(), "life-2")));

        node.on(new RingEvent.ByeArrived(peer(2)));

        assertThat(node.all(RingAction.StartTimer.class))
                .extracting(RingAction.StartTimer::timer)
                .doesNotContain(new Timer.ProbeDue(peer(2)));
    }

    @Test
    void aNodeSuspectsNeitherItselfNorLooksAfterWhoIsNotOnTheRing() {
        NodeId stranger = new NodeId("sync-9");

        node.on(new RingEvent.ByeArrived(peer(1)));
        assertThat(node.all(RingAction.StartTimer.class)).isEmpty();

        for (NodeId gone : new NodeId[] {peer(0), peer(2), peer(3), peer(4), stranger}) {
            node.on(new RingEvent.ByeArrived(gone));
        }
        node.fires(new Timer.ProbeDue(stranger));
        assertThat(node.all(RingAction.AskHealth.class)).isEmpty();
        node.fires(new Timer.ProbeDue(peer(4)));
        assertThat(node.all(RingAction.AskHealth.class))
                .extracting(RingAction.AskHealth::peer)
                .containsExactly(peer(4));
    }

    @Test
    void aPeerThatTheTokenWouldNotGoToIsNotAskedForItsHealth() {
        node.on(new RingEvent.ByeArrived(peer(3)));
        node.fires(new Timer.ProbeDue(peer(3)));
        assertThat(node.all(RingAction.AskHealth.class))
                .as("sync-2 comes before it")
                .isEmpty();

        node.on(new RingEvent.ByeArrived(peer(2)));
        node.fires(new Timer.ProbeDue(peer(3)));
        assertThat(node.only(RingAction.AskHealth.class).peer()).isEqualTo(peer(3));
    }
}
