package io.ringstore.ring;

import static io.ringstore.ring.NodeUnderTest.TIMERS;
import static io.ringstore.ring.NodeUnderTest.fence;
import static io.ringstore.ring.NodeUnderTest.joined;
import static io.ringstore.ring.NodeUnderTest.peer;
import static io.ringstore.ring.NodeUnderTest.token;
import static io.ringstore.ring.NodeUnderTest.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult.ClaimLost;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.ledger.LedgerResult.WrongConfig;
import io.ringstore.ledger.StoreView;
import io.ringstore.ring.RingEvent.Silence;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How a lost token is found out and replaced (ring-protocol.md §5.6). */
class TakeoverTests {

    /** Sync-3 is the backup of a token that was sent to sync-2. */
    private final NodeUnderTest node = joined(3);

    private static NodeReport report(Fence seen, NodePhase phase, long phaseForMillis) {
        return new NodeReport(seen, phase, phaseForMillis, false, "life-2", 0, OptionalLong.empty(), Slots.empty(5));
    }

    /** The copy becomes overdue; returns the round of the check. */
    private long copyOverdue() {
        node.on(new RingEvent.CopyArrived(7, peer(1), token(1, 7, null, null, 5L, null, 6L), peer(2)));
        node.after(TIMERS.copyHot(), new RingEvent.TimerFired(new Timer.CopyOverdue(fence(1, 7))));
        assertThat(node.only(RingAction.AskHealth.class).peer()).isEqualTo(peer(2));
        return node.only(RingAction.ReadView.class).read();
    }

    @Nested
    class TheBackup {

        @Test
        void claimsWhenTheHoldersProcessIsGone() {
            long check = copyOverdue();
            node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
            node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));

            Claim claim = node.only(RingAction.SendClaim.class).claim();
            assertThat(claim.expectEpoch()).isEqualTo(1);
            assertThat(claim.expectHop()).isEmpty();
        }

        @Test
        void neverUsesTheCopyWithoutAClaim() {
            long check = copyOverdue();
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
            long check = copyOverdue();
            node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
            node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));
            String claimId = node.only(RingAction.SendClaim.class).claim().claimId();
            node.on(new RingEvent.ClaimAnswered(claimId, new ClaimWon(2, view(fence(2, Fence.NO_HOP)))));
        }

        @Test
        void looksAgainWhileTheHolderSaysThatItHolds() {
            long check = copyOverdue();
            node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
            node.on(new RingEvent.PeerReported(check, peer(2), report(fence(1, 7), NodePhase.CRITICAL, 60)));
            assertThat(node.all(RingAction.SendClaim.class)).isEmpty();

            node.after(100, new RingEvent.TimerFired(node.timer(Timer.Recheck.class)));

            assertThat(node.all(RingAction.AskHealth.class)).hasSize(1);
        }

        @Test
        void claimsFromAHolderThatIsStuck() {
            long check = copyOverdue();
            node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
            node.on(new RingEvent.PeerReported(
                    check, peer(2), report(fence(1, 7), NodePhase.CRITICAL, TIMERS.stuck())));

            assertThat(node.all(RingAction.SendClaim.class)).hasSize(1);
        }

        @Test
        void givesASilentHolderTimeAndThenClaimsOnlyIfNothingWasWritten() {
            long check = copyOverdue();
            node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));
            node.after(TIMERS.probe(), new RingEvent.TimerFired(new Timer.CheckOverdue(check)));
            assertThat(node.all(RingAction.SendClaim.class)).isEmpty();

            node.after(TIMERS.unknown(), new RingEvent.TimerFired(node.timer(Timer.Recheck.class)));
            long again = node.only(RingAction.ReadView.class).read();
            node.on(new RingEvent.ViewRead(again, view(fence(1, 4))));
            node.on(new RingEvent.PeerSilent(again, peer(2), Silence.NO_ANSWER));

            assertThat(node.only(RingAction.SendClaim.class).claim().expectHop())
                    .hasValue(4);
        }

        @Test
        void waitsForATokenThatItsCopyHasOvertaken() {
            long check = copyOverdue();
            node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));

            node.on(new RingEvent.PeerReported(check, peer(2), report(fence(1, 6), NodePhase.IDLE, 60)));

            assertThat(node.all(RingAction.SendClaim.class)).isEmpty();
            assertThat(node.timer(Timer.Recheck.class)).isNotNull();
        }

        @Test
        void takesALateAnswerForAnAnswer() {
            long check = copyOverdue();
            node.after(TIMERS.probe(), new RingEvent.TimerFired(new Timer.CheckOverdue(check)));
            node.now += TIMERS.unknown();
            node.on(new RingEvent.PeerReported(check, peer(2), report(fence(1, 7), NodePhase.IDLE, 60)));

            node.on(new RingEvent.ViewRead(check, view(fence(1, 4))));

            assertThat(node.only(RingAction.SendClaim.class).claim().expectHop())
                    .as("nobody is silent, so no witness is needed")
                    .isEmpty();
        }

        @Test
        void seesThatTheRingLivesElsewhere() {
            long check = copyOverdue();
            node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));

            node.on(new RingEvent.ViewRead(check, view(fence(1, 9))));

            assertThat(node.all(RingAction.SendClaim.class)).isEmpty();
            assertThat(node.report().seen()).isEqualTo(fence(1, 9));
        }

        /** Hops 12 and 17 are sync-2's as well: it stayed, and nobody was told (rule R1, §5.2). */
        @Test
        void claimsFromADeadHolderThatHasWrittenOnSinceItsCopy() {
            long check = copyOverdue();
            node.on(new RingEvent.PeerSilent(check, peer(2), Silence.REFUSED));

            node.on(new RingEvent.ViewRead(check, view(fence(1, 17))));

            assertThat(node.only(RingAction.SendClaim.class).claim().expectHop())
                    .isEmpty();
            assertThat(node.report().seen()).isEqualTo(fence(1, 17));
        }

        @Test
        void givesASilentHolderTimeFromItsLastWriteOn() {
            long check = copyOverdue();
            node.on(new RingEvent.PeerSilent(check, peer(2), Silence.NO_ANSWER));
            node.now += TIMERS.unknown();

            node.on(new RingEvent.ViewRead(check, view(fence(1, 12))));
            assertThat(node.all(RingAction.SendClaim.class)).isEmpty();

            long again = askedAgainAfter(TIMERS.unknown());
            node.on(new RingEvent.PeerSilent(again, peer(2), Silence.NO_ANSWER));
            node.on(new RingEvent.ViewRead(again, view(fence(1, 12))));
            assertThat(node.only(RingAction.SendClaim.class).claim().expectHop())
                    .hasValue(12);
        }

        @Test
        void leavesASilentHolderAloneThatGoesOnWriting() {
            long check = copyOverdue();
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
            long check = copyOverdue();
            node.on(new RingEvent.ViewRead(check, view(fence(1, 12))));
            node.on(new RingEvent.PeerReported(check, peer(2), report(fence(1, 12), NodePhase.PARKED, 60)));

            assertThat(node.timer(Timer.Recheck.class)).isNotNull();
        }

        @Test
        void stillWatchesTheHolderWhenAPeerHasToldOfItsLaterHops() {
            node.on(new RingEvent.CopyArrived(7, peer(1), token(1, 7, null, null, 5L, null, 6L), peer(2)));
            node.on(new RingEvent.PeerReported(
                    RingAction.NO_CHECK, peer(2), report(fence(1, 12), NodePhase.CRITICAL, 60)));

            node.after(TIMERS.copyHot(), new RingEvent.TimerFired(new Timer.CopyOverdue(fence(1, 7))));

            assertThat(node.only(RingAction.AskHealth.class).peer()).isEqualTo(peer(2));
        }

        /** It has read from the store how far it got in its earlier life, and its last batch is applied after that. */
        @Test
        void claimsFromAHolderThatHasStartedAgain() {
            long check = copyOverdue();
            node.on(new RingEvent.PeerReported(check, peer(2), report(fence(1, 12), NodePhase.IDLE, 60)));

            node.on(new RingEvent.ViewRead(check, view(fence(1, 17))));

            assertThat(node.all(RingAction.SendClaim.class)).hasSize(1);
        }

        @Test
        void leavesItsHolderAloneIfAnEpochWasOpenedSince() {
            long check = copyOverdue();
            node.on(new RingEvent.PeerReported(check, peer(2), report(fence(1, 7), NodePhase.CRITICAL, 60)));

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
    }

    @Nested
    class AClaim {

        private String claimed() {
            long check = copyOverdue();
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

            node.on(new RingEvent.ClaimAnswered(claimId, new ClaimWon(2, view(fence(3, Fence.NO_HOP)))));

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
    }

    @Nested
    class ATokenOutOfSight {

        @Test
        void isAskedForAfterTheStartAndClaimedIfNobodyHasIt() {
            long check = outOfSight();
            node.on(new RingEvent.ViewRead(check, view(fence(1, Fence.NO_HOP))));
            for (int index : new int[] {0, 1, 2, 4}) {
                node.on(new RingEvent.PeerReported(
                        check, peer(index), report(fence(1, Fence.NO_HOP), NodePhase.IDLE, 500)));
            }

            assertThat(node.all(RingAction.SendClaim.class)).hasSize(1);
        }

        @Test
        void isLeftAloneByAnIdleNodeThatFewAnswer() {
            long check = outOfSight();
            node.on(new RingEvent.ViewRead(check, view(fence(1, Fence.NO_HOP))));
            for (int index : new int[] {0, 1, 2, 4}) {
                node.on(new RingEvent.PeerSilent(check, peer(index), Silence.REFUSED));
            }

            assertThat(node.all(RingAction.SendClaim.class)).isEmpty();
        }

        @Test
        void isClaimedByANodeWithWorkEvenIfItIsAlone() {
            node.asked("a");
            long check = outOfSight();
            node.on(new RingEvent.ViewRead(check, view(fence(1, Fence.NO_HOP))));
            for (int index : new int[] {0, 1, 2, 4}) {
                node.on(new RingEvent.PeerSilent(check, peer(index), Silence.REFUSED));
            }

            assertThat(node.all(RingAction.SendClaim.class)).hasSize(1);
        }

        /** A token of an epoch that is over, in the hands of a node that cannot reach the store, moves for ever. */
        @Test
        void isAskedForByWhoWaitsForLongAlthoughOthersSeeOne() {
            node.asked("a");
            for (long hop = 4; node.now < 1_000 + TIMERS.lost() + 500; hop += 5) {
                var seesOne = report(fence(1, hop), NodePhase.IDLE, 60);
                node.after(200, new RingEvent.PeerReported(RingAction.NO_CHECK, peer(4), seesOne));
            }

            assertThat(lookOuts()).isEqualTo(1);
        }

        /** How often the look-outs due by now begin a check. */
        private int lookOuts() {
            int begun = 0;
            for (long number = 1; number < 50; number++) {
                node.fires(new Timer.LookOut(number));
                begun += node.all(RingAction.ReadView.class).size();
            }
            return begun;
        }

        @Test
        void isForgottenWithTheRingItBelongedTo() {
            long check = outOfSight();
            for (int index : new int[] {0, 1, 2, 4}) {
                node.on(new RingEvent.PeerSilent(check, peer(index), Silence.REFUSED));
            }
            node.asked("a");
            RingConfig smaller = new RingConfig(2, List.of(peer(3), peer(4)));

            node.on(new RingEvent.ViewRead(
                    check, new StoreView(fence(2, Fence.NO_HOP), smaller, NodeUnderTest.STORE_TIME)));

            assertThat(node.report().slots().size()).as("slots of the new ring").isEqualTo(2);
        }

        /** The token moves among peers that do not reach this node, and one of them does not answer it either. */
        @Test
        void isClaimedByWhoStarvesThoughItMovedDuringTheCheck() {
            node.asked("a");
            node.now += TIMERS.starve() * 2;
            long check = outOfSight();
            node.on(new RingEvent.PeerSilent(check, peer(0), Silence.NO_ANSWER));
            for (int index : new int[] {1, 2, 4}) {
                node.on(new RingEvent.PeerReported(check, peer(index), report(fence(1, 4), NodePhase.IDLE, 60)));
            }

            node.on(new RingEvent.ViewRead(check, view(fence(1, Fence.NO_HOP))));

            assertThat(node.all(RingAction.SendClaim.class)).hasSize(1);
        }

        @Test
        void isLookedForThoughOneHolderIsBeingWatched() {
            node.asked("a");
            copyOverdue();

            node.now += 2 * TIMERS.lost();

            assertThat(lookOuts()).isEqualTo(1);
        }

        /** It may be the news of a ring that is over. */
        @Test
        void teachesTheStoresFenceEvenIfAPeersNewsEndsTheCheck() {
            long check = outOfSight();
            for (int index : new int[] {0, 1, 2, 4}) {
                node.on(new RingEvent.PeerReported(check, peer(index), report(fence(1, 4), NodePhase.IDLE, 60)));
            }

            node.on(new RingEvent.ViewRead(check, view(fence(2, Fence.NO_HOP))));

            assertThat(node.report().seen()).isEqualTo(fence(2, Fence.NO_HOP));
        }

        private long outOfSight() {
            node.after(TIMERS.start() * 2, new RingEvent.TimerFired(new Timer.LookOut(1)));
            assertThat(node.all(RingAction.SendWake.class)).hasSize(4);
            return node.only(RingAction.ReadView.class).read();
        }
    }
}
