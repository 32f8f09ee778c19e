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
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.StoreView;
import io.ringstore.ring.RingEvent.Silence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a node that sees no token for long finds out whether there is one (ring-protocol.md §5.6). */
class TokenOutOfSightTests {

    private final NodeUnderTest node = joined(3);

    @Test
    void isAskedForAfterTheStartAndClaimedIfNobodyHasIt() {
        long check = outOfSight();
        node.on(new RingEvent.ViewRead(check, view(fence(1, Fence.NO_HOP))));
        for (int index : new int[] {0, 1, 2, 4}) {
            node.on(new RingEvent.PeerReported(
                    check, peer(index), reportOf(fence(1, Fence.NO_HOP), NodePhase.IDLE, 500)));
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
            var seesOne = reportOf(fence(1, hop), NodePhase.IDLE, 60);
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
        long check = starvingAndFewAnswer();

        node.on(new RingEvent.ViewRead(check, view(fence(1, Fence.NO_HOP))));

        assertThat(node.all(RingAction.SendClaim.class)).hasSize(1);
    }

    @Test
    void isNotClaimedByWhoStarvesAndHasIt() {
        long check = starvingAndFewAnswer();
        node.takes(token(1, 8, null, null, null, null, 5L));

        node.on(new RingEvent.ViewRead(check, view(fence(1, Fence.NO_HOP))));

        assertThat(node.all(RingAction.SendClaim.class)).isEmpty();
        assertThat(node.report().phase()).as("sync-4 has waited for longer").isEqualTo(NodePhase.HOLDING);
    }

    @Test
    void isLookedForThoughOneHolderIsBeingWatched() {
        node.asked("a");
        node.copyOverdue();

        node.now += 2 * TIMERS.lost();

        assertThat(lookOuts()).isEqualTo(1);
    }

    /** It may be the news of a ring that is over. */
    @Test
    void teachesTheStoresFenceEvenIfAPeersNewsEndsTheCheck() {
        long check = outOfSight();
        for (int index : new int[] {0, 1, 2, 4}) {
            node.on(new RingEvent.PeerReported(check, peer(index), reportOf(fence(1, 4), NodePhase.IDLE, 60)));
        }

        node.on(new RingEvent.ViewRead(check, view(fence(2, Fence.NO_HOP))));

        assertThat(node.report().seen()).isEqualTo(fence(2, Fence.NO_HOP));
    }

    private long starvingAndFewAnswer() {
        node.asked("a");
        node.now += TIMERS.starve() * 2;
        long check = outOfSight();
        node.on(new RingEvent.PeerSilent(check, peer(0), Silence.NO_ANSWER));
        for (int index : new int[] {1, 2, 4}) {
            node.on(new RingEvent.PeerReported(check, peer(index), reportOf(fence(1, 4), NodePhase.IDLE, 60)));
        }
        return check;
    }

    private long outOfSight() {
        node.after(TIMERS.start() * 2, new RingEvent.TimerFired(new Timer.LookOut(1)));
        assertThat(node.all(RingAction.SendWake.class)).hasSize(4);
        return node.only(RingAction.ReadView.class).read();
    }
}
