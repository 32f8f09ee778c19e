package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.TIMERS;
import static io.ringstore.ring.NodeUnderTest.fence;
import static io.ringstore.ring.NodeUnderTest.joined;
import static io.ringstore.ring.NodeUnderTest.peer;
import static io.ringstore.ring.NodeUnderTest.reportOf;
import static io.ringstore.ring.NodeUnderTest.token;
import static io.ringstore.ring.NodeUnderTest.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.ring.RingEvent.Silence;
import org.junit.jupiter.api.Test;

/** How the backup of a token finds out that it is lost, and replaces it (ring-protocol.md §5.6). */
class TakeoverTests {

    /** Sync-3 is the backup of a token that was sent to sync-2. */
    private final NodeUnderTest node = joined(3);

    @Test
    void claimsWhenTheHoldersProcessIsGone() {
        long check = node.copyOverdue();
        node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
        node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));

        Claim claim = node.only(RingAction.SendClaim.class).claim();
        assertThat(claim.expectEpoch()).isEqualTo(1);
        assertThat(claim.expectHop()).isEmpty();
    }

    @Test
    void neverUsesTheCopyWithoutAClaim() {
        long check = node.copyOverdue();
        node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
        node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));

        assertThat(node.all(RingAction.PassToken.class)).isEmpty();
        assertThat(node.report().phase()).isEqualTo(NodePhase.IDLE);
    }

    @Test
    void startsTheNewEpochFromItsCopyWithoutTheDeadNodesSlot() {
        claimed();

        RingAction.PassToken passed = node.only(RingAction.PassToken.class);
        assertThat(passed.token().fence())
                .as("hop 3 is its own, hop 4 the next node's")
                .isEqualTo(fence(2, 4));
        assertThat(passed.token().slots().at(2)).isEmpty();
        assertThat(passed.token().slots().at(4)).hasValue(6);
    }

    private void claimed() {
        long check = node.copyOverdue();
        node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
        node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));
        String claimId = node.only(RingAction.SendClaim.class).claim().claimId();
        node.on(new RingEvent.ClaimAnswered(claimId, new ClaimWon(2, view(fence(2, Fence.NO_HOP)))));
    }

    @Test
    void looksAgainWhileTheHolderSaysThatItHolds() {
        long check = node.copyOverdue();
        node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
        node.on(new RingEvent.PeerReported(check, peer(2), reportOf(fence(1, 7), NodePhase.CRITICAL, 60)));
        assertThat(node.all(RingAction.SendClaim.class)).isEmpty();

        node.after(100, new RingEvent.TimerFired(node.timer(Timer.Recheck.class)));

        assertThat(node.all(RingAction.AskHealth.class)).hasSize(1);
    }

    @Test
    void claimsFromAHolderThatIsStuck() {
        long check = node.copyOverdue();
        node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
        node.on(new RingEvent.PeerReported(check, peer(2), reportOf(fence(1, 7), NodePhase.CRITICAL, TIMERS.stuck())));

        assertThat(node.all(RingAction.SendClaim.class)).hasSize(1);
    }

    @Test
    void givesASilentHolderTimeAndThenClaimsOnlyIfNothingWasWritten() {
        long check = node.copyOverdue();
        node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
        node.after(TIMERS.probe(), new RingEvent.TimerFired(new Timer.CheckOverdue(check)));
        assertThat(node.all(RingAction.SendClaim.class)).isEmpty();

        node.after(TIMERS.unknown(), new RingEvent.TimerFired(node.timer(Timer.Recheck.class)));
        long again = node.only(RingAction.ReadView.class).read();
        node.on(new RingEvent.ViewRead(again, view(fence(1, 4))));
        node.on(new RingEvent.PeerSilent(again, peer(2), Silence.NO_ANSWER));

        assertThat(node.only(RingAction.SendClaim.class).claim().expectHop()).hasValue(4);
    }

    @Test
    void waitsForATokenThatItsCopyHasOvertaken() {
        long check = node.copyOverdue();
        node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));

        node.on(new RingEvent.PeerReported(check, peer(2), reportOf(fence(1, 6), NodePhase.IDLE, 60)));

        assertThat(node.all(RingAction.SendClaim.class)).isEmpty();
        assertThat(node.timer(Timer.Recheck.class)).isNotNull();
    }

    @Test
    void takesALateAnswerForAnAnswer() {
        long check = node.copyOverdue();
        node.after(TIMERS.probe(), new RingEvent.TimerFired(new Timer.CheckOverdue(check)));
        node.now += TIMERS.unknown();
        node.on(new RingEvent.PeerReported(check, peer(2), reportOf(fence(1, 7), NodePhase.IDLE, 60)));

        node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));

        assertThat(node.only(RingAction.SendClaim.class).claim().expectHop())
                .as("nobody is silent, so no witness is needed")
                .isEmpty();
    }

    @Test
    void seesThatTheRingLivesElsewhere() {
        long check = node.copyOverdue();
        node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));

        node.on(new RingEvent.ViewRead(check, view(fence(1, 9))));

        assertThat(node.all(RingAction.SendClaim.class)).isEmpty();
        assertThat(node.report().seen()).isEqualTo(fence(1, 9));
    }

    /** Hops 12 and 17 are sync-2's as well: it stayed, and nobody was told (rule R1, §5.2). */
    @Test
    void claimsFromADeadHolderThatHasWrittenOnSinceItsCopy() {
        long check = node.copyOverdue();
        node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));

        node.on(new RingEvent.ViewRead(check, view(fence(1, 17))));

        assertThat(node.only(RingAction.SendClaim.class).claim().expectHop()).isEmpty();
        assertThat(node.report().seen()).isEqualTo(fence(1, 17));
    }

    @Test
    void givesASilentHolderTimeFromItsLastWriteOn() {
        long check = node.copyOverdue();
        node.on(new RingEvent.PeerSilent(check, peer(2), Silence.NO_ANSWER));
        node.now += TIMERS.unknown();

        node.on(new RingEvent.ViewRead(check, view(fence(1, 12))));
        assertThat(node.all(RingAction.SendClaim.class)).isEmpty();

        long again = askedAgainAfter(TIMERS.unknown());
        node.on(new RingEvent.PeerSilent(again, peer(2), Silence.NO_ANSWER));
        node.on(new RingEvent.ViewRead(again, view(fence(1, 12))));
        assertThat(node.only(RingAction.SendClaim.class).claim().expectHop()).hasValue(12);
    }

    @Test
    void leavesASilentHolderAloneThatGoesOnWriting() {
        long check = node.copyOverdue();
        node.on(new RingEvent.PeerSilent(check, peer(2), Silence.NO_ANSWER));
        node.on(new RingEvent.ViewRead(check, view(fence(1, 12))));

        long again = askedAgainAfter(TIMERS.unknown());
        node.on(new RingEvent.PeerSilent(again, peer(2), Silence.NO_ANSWER));
        node.on(new RingEvent.ViewRead(again, view(fence(1, 17))));

        assertThat(node.all(RingAction.SendClaim.class)).isEmpty();
        assertThat(node.report().seen()).isEqualTo(fence(1, 17));
    }

    @Test
    void goesOnWatchingAHolderThatAnswersAndStays() {
        long check = node.copyOverdue();
        node.on(new RingEvent.ViewRead(check, view(fence(1, 12))));
        node.on(new RingEvent.PeerReported(check, peer(2), reportOf(fence(1, 12), NodePhase.PARKED, 60)));

        assertThat(node.timer(Timer.Recheck.class)).isNotNull();
    }

    @Test
    void stillWatchesTheHolderWhenAPeerHasToldOfItsLaterHops() {
        node.on(new RingEvent.CopyArrived(7, peer(1), token(1, 7, null, null, 5L, null, 6L), peer(2)));
        node.on(new RingEvent.PeerReported(
                RingAction.NO_CHECK, peer(2), reportOf(fence(1, 12), NodePhase.CRITICAL, 60)));

        node.after(TIMERS.copyHot(), new RingEvent.TimerFired(new Timer.CopyOverdue(fence(1, 7))));

        assertThat(node.only(RingAction.AskHealth.class).peer()).isEqualTo(peer(2));
    }

    /** It has read from the store how far it got in its earlier life, and its last batch is applied after that. */
    @Test
    void claimsFromAHolderThatHasStartedAgain() {
        long check = node.copyOverdue();
        node.on(new RingEvent.PeerReported(check, peer(2), reportOf(fence(1, 12), NodePhase.IDLE, 60)));

        node.on(new RingEvent.ViewRead(check, view(fence(1, 17))));

        assertThat(node.all(RingAction.SendClaim.class)).hasSize(1);
    }

    @Test
    void leavesItsHolderAloneIfAnEpochWasOpenedSince() {
        long check = node.copyOverdue();
        node.on(new RingEvent.PeerReported(check, peer(2), reportOf(fence(1, 7), NodePhase.CRITICAL, 60)));

        node.on(new RingEvent.ViewRead(check, view(fence(2, 7))));

        assertThat(node.all(RingAction.SendClaim.class)).isEmpty();
        assertThat(node.report().seen()).isEqualTo(fence(2, 7));
    }

    private long askedAgainAfter(long millis) {
        node.after(millis, new RingEvent.TimerFired(node.timer(Timer.Recheck.class)));
        return node.only(RingAction.ReadView.class).read();
    }

    @Test
    void forgetsTheCopyWhenSomethingNewerWasSighted() {
        node.on(new RingEvent.CopyArrived(7, peer(1), token(1, 7, null, null, 5L, null, 6L), peer(2)));
        node.takes(token(1, 8, null, null, null, null, null));

        node.after(TIMERS.copyHot(), new RingEvent.TimerFired(new Timer.CopyOverdue(fence(1, 7))));

        assertThat(node.all(RingAction.AskHealth.class)).isEmpty();
    }

    /** The token was sent here and never came; there is nobody to ask but the store. */
    @Test
    void claimsAtOnceIfTheCopyNamesItselfAsTheHolder() {
        node.on(new RingEvent.CopyArrived(7, peer(2), token(1, 8, null, null, 5L, null, 6L), peer(3)));
        node.after(TIMERS.copyHot(), new RingEvent.TimerFired(new Timer.CopyOverdue(fence(1, 8))));
        assertThat(node.all(RingAction.AskHealth.class)).isEmpty();

        node.on(new RingEvent.ViewRead(node.only(RingAction.ReadView.class).read(), view(fence(1, 4))));

        assertThat(node.all(RingAction.SendClaim.class)).hasSize(1);
    }

    @Test
    void isLeftToOthersByANodeThatLeaves() {
        node.on(new RingEvent.CopyArrived(7, peer(1), token(1, 7, null, null, 5L, null, 6L), peer(2)));
        node.on(new RingEvent.StopRequested());

        assertThat(node.after(TIMERS.copyHot(), new RingEvent.TimerFired(new Timer.CopyOverdue(fence(1, 7)))))
                .isEmpty();
    }

    /** It does not know yet how far the epoch has got that the copy is of (rule R7). */
    @Test
    void isLeftToOthersByANodeThatHasNotJoined() {
        NodeUnderTest starting = new NodeUnderTest(3);
        starting.on(new RingEvent.Started());
        Token ofNoRing = new Token("ringstore", 0, fence(1, 7), Slots.empty(5), 0);
        starting.on(new RingEvent.CopyArrived(7, peer(1), ofNoRing, peer(2)));

        assertThat(starting.after(TIMERS.copyIdle(), new RingEvent.TimerFired(new Timer.CopyOverdue(fence(1, 7)))))
                .isEmpty();
    }
}
