package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.TIMERS;
import static io.ringstore.ring.NodeUnderTest.fence;
import static io.ringstore.ring.NodeUnderTest.joined;
import static io.ringstore.ring.NodeUnderTest.peer;
import static io.ringstore.ring.NodeUnderTest.token;
import static io.ringstore.ring.NodeUnderTest.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.LedgerResult.ClaimLost;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.ledger.LedgerResult.WrongConfig;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.StoreView;
import io.ringstore.ring.RingEvent.Silence;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a claim (R8, ring-protocol.md §5.6). */
class ClaimsTests {

    /** Sync-3 is the backup of a token that was sent to sync-2. */
    private final NodeUnderTest node = joined(3);

    private String claimed() {
        long check = node.copyOverdue();
        node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
        node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));
        return node.only(RingAction.SendClaim.class).claim().claimId();
    }

    @Test
    void isRepeatedUnderItsIdUntilItIsAnswered() {
        String claimId = claimed();

        node.after(TIMERS.attempt(), new RingEvent.TimerFired(new Timer.ClaimRetry(claimId, 0)));

        assertThat(node.only(RingAction.SendClaim.class).claim().claimId()).isEqualTo(claimId);
        assertThat(node.only(RingAction.SendClaim.class).attempt()).isEqualTo(1);
    }

    @Test
    void thatIsLostIsASighting() {
        String claimId = claimed();

        node.on(new RingEvent.ClaimAnswered(claimId, new ClaimLost(view(fence(2, 1)))));

        assertThat(node.report().seen()).isEqualTo(fence(2, 1));
        assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
    }

    @Test
    void thatIsWonTooLateMintsNothing() {
        String claimId = claimed();
        node.takes(token(3, 3, null, null, null, null, null));

        node.on(new RingEvent.ClaimAnswered(claimId, new ClaimWon(2, view(fence(2, Fence.NO_HOP)))));

        assertThat(node.report().seen()).isEqualTo(fence(3, 3));
        assertThat(node.report().phase()).isEqualTo(NodePhase.PARKED);
    }

    @Test
    void madeOnARingThatChangedMeanwhileIsGivenUpAndTheNewRingFollowed() {
        String claimId = claimed();
        RingConfig reordered = new RingConfig(2, NodeUnderTest.nodes(5).reversed());
        StoreView view = new StoreView(fence(2, Fence.NO_HOP), reordered, NodeUnderTest.STORE_TIME);

        node.on(new RingEvent.ClaimAnswered(claimId, new WrongConfig(view)));

        assertThat(node.all(RingAction.Halt.class)).isEmpty();
        assertThat(node.report().seen()).isEqualTo(fence(2, Fence.NO_HOP));
    }

    @Test
    void afterAnEpochThatDidNotLastWaitsEvenIfTheCheckIsAnsweredAgain() {
        node.on(new RingEvent.ClaimAnswered(claimed(), new ClaimWon(2, view(fence(2, Fence.NO_HOP)))));
        node.on(new RingEvent.PassAnswered(fence(2, 4), peer(4), new PeerReply.Taken(fence(2, 4))));
        node.on(new RingEvent.CopyArrived(7, peer(4), token(2, 7, null, null, 5L, null, 6L), peer(2)));
        node.after(TIMERS.copyHot(), new RingEvent.TimerFired(new Timer.CopyOverdue(fence(2, 7))));
        long check = node.only(RingAction.ReadView.class).read();
        node.on(new RingEvent.ViewRead(check, view(fence(2, 4))));
        node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));

        node.after(TIMERS.probe(), new RingEvent.TimerFired(new Timer.CheckOverdue(check)));

        assertThat(node.all(RingAction.SendClaim.class)).isEmpty();
    }

    @Test
    void mintsOnlyOnce() {
        String claimId = claimed();
        var won = new RingEvent.ClaimAnswered(claimId, new ClaimWon(2, view(fence(2, Fence.NO_HOP))));
        node.on(won);

        assertThat(node.on(won)).noneMatch(action -> action instanceof RingAction.PassToken);
    }

    /** A holder that is cut off from its backup has the token of the epoch before, and writes. */
    @Test
    void thatIsWonInACriticalSectionMintsATokenForAfterIt() {
        String claimId = claimed();
        node.asked("a");
        node.takes(token(1, 8, null, null, null, null, null));
        node.on(new RingEvent.ClaimAnswered(claimId, new ClaimWon(2, view(fence(2, Fence.NO_HOP)))));
        assertThat(node.all(RingAction.SendBatch.class)).isEmpty();

        node.storeAnswers(fence(1, 8), fence(2, Fence.NO_HOP), new EntryResult.Refused(Refusal.FENCED));

        RingAction.PassToken passed = node.only(RingAction.PassToken.class);
        assertThat(passed.token().fence())
                .as("the copy that it is made from says that sync-4 has waited for longer")
                .isEqualTo(fence(2, 4));
        assertThat(passed.token().slots().at(3)).isPresent();
    }

    @Test
    void isNotRepeatedForAnAttemptOrAClaimThatIsOver() {
        String claimId = claimed();
        node.fires(new Timer.ClaimRetry(claimId, 0));

        for (RingEvent over : List.of(
                new RingEvent.TimerFired(new Timer.ClaimRetry(claimId, 0)),
                new RingEvent.TimerFired(new Timer.ClaimRetry("another", 1)),
                new RingEvent.ClaimFailed(claimId, 0),
                new RingEvent.ClaimFailed("another", 1))) {
            assertThat(node.on(over)).as("%s", over).isEmpty();
        }
        node.on(new RingEvent.ClaimFailed(claimId, 1));
        assertThat(node.timer(Timer.ClaimRetry.class)).isEqualTo(new Timer.ClaimRetry(claimId, 1));
        node.on(new RingEvent.ClaimAnswered(claimId, new ClaimLost(view(fence(2, 1)))));
        assertThat(node.on(new RingEvent.ClaimFailed(claimId, 1))).isEmpty();
        assertThat(node.fires(new Timer.ClaimRetry(claimId, 1))).isEmpty();
    }

    @Test
    void isNotAnsweredByTheAnswerToAnother() {
        String claimId = claimed();

        node.on(new RingEvent.ClaimAnswered("another", new ClaimWon(2, view(fence(2, Fence.NO_HOP)))));
        assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
        assertThat(node.report().seen()).isEqualTo(fence(2, Fence.NO_HOP));

        node.fires(new Timer.ClaimRetry(claimId, 0));
        assertThat(node.only(RingAction.SendClaim.class).claim().claimId()).isEqualTo(claimId);
    }

    @Test
    void wonForAnEpochThatIsOverMintsNothing() {
        String claimId = claimed();

        node.on(new RingEvent.ClaimAnswered(claimId, new ClaimWon(2, view(fence(3, 1)))));

        assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
        assertThat(node.report().seen()).isEqualTo(fence(3, 1));
    }

    @Test
    void wonByANodeThatLeavesMintsNothing() {
        String claimId = claimed();
        node.on(new RingEvent.StopRequested());

        node.on(new RingEvent.ClaimAnswered(claimId, new ClaimWon(2, view(fence(2, Fence.NO_HOP)))));

        assertThat(node.all(RingAction.PassToken.class)).isEmpty();
        assertThat(node.report().seen()).isEqualTo(fence(2, Fence.NO_HOP));
    }

    /** Its settings name another ring than the one that the store has under this number. */
    @Test
    void ofAnotherRingUnderTheSameNumberStopsTheNode() {
        String claimId = claimed();
        RingConfig other = new RingConfig(1, NodeUnderTest.nodes(3));

        node.on(new RingEvent.ClaimAnswered(
                claimId, new WrongConfig(new StoreView(fence(1, 4), other, NodeUnderTest.STORE_TIME))));

        assertThat(node.only(RingAction.Halt.class).reason()).contains("the store has the ring");
    }

    static Stream<LedgerResult> answersToOtherCommands() {
        StoreView view = view(fence(1, 4));
        return Stream.of(
                new LedgerResult.BatchApplied(List.of(), List.of(), List.of(), view),
                new LedgerResult.Reconfigured(view),
                new LedgerResult.Compacted(1, view));
    }

    @ParameterizedTest
    @MethodSource("answersToOtherCommands")
    void answeredAsIfItWereAnotherCommandStopsTheNode(LedgerResult answer) {
        String claimId = claimed();

        assertThatThrownBy(() -> node.on(new RingEvent.ClaimAnswered(claimId, answer)))
                .hasMessageContaining("broken claim", "answered as a claim");
    }
}
