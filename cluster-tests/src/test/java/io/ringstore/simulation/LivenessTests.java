package io.ringstore.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.ledger.StoreView;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.NodeReport;
import io.ringstore.ring.Slots;
import io.ringstore.simulation.Happening.Answered;
import io.ringstore.simulation.Happening.Applied;
import io.ringstore.simulation.Happening.ClaimAnswered;
import io.ringstore.simulation.Happening.ClaimSent;
import io.ringstore.simulation.Happening.Entered;
import io.ringstore.simulation.Happening.Held;
import io.ringstore.simulation.Happening.Queued;
import io.ringstore.simulation.Happening.Stepped;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each claim about liveness fails for a run that contradicts it, and not for one that does not. */
class LivenessTests {

    private static final NodeId ONE = new NodeId("sync-0");
    private static final NodeId OTHER = new NodeId("sync-1");
    private static final List<NodeId> CORE = List.of(ONE, OTHER);
    private static final Fence FENCE = new Fence(0, 7);

    private final Agenda agenda = new Agenda();

    @Test
    void whoWaitsForMoreThanNCriticalSectionsWaitsTooLong() {
        var fair = new Fair(2);
        fair.check(new Queued(ONE, 1));
        fair.check(new Held(ONE, FENCE, true));
        fair.check(new Entered(OTHER, FENCE));
        fair.check(new Entered(OTHER, FENCE));

        assertThatThrownBy(() -> fair.check(new Entered(OTHER, FENCE))).hasMessageStartingWith("Fair: ");

        fair.check(new Answered(1));
        assertThatCode(() -> fair.check(new Entered(OTHER, FENCE))).doesNotThrowAnyException();
    }

    @Test
    void twoNodesThatKeepATokenAreOneTooMany() {
        var token = new OneToken(agenda, CORE);
        token.check(stepped(ONE, NodePhase.PARKED));
        token.check(stepped(OTHER, NodePhase.CRITICAL)); // a takeover is still being settled
        token.check(stepped(ONE, NodePhase.IDLE));
        token.quiet();

        assertThatThrownBy(() -> token.check(stepped(ONE, NodePhase.PARKED))).hasMessageStartingWith("OneToken: ");
    }

    @Test
    void aTokenThatNobodyHasIsOneTooFew() {
        var token = new OneToken(agenda, CORE);
        token.quiet();
        agenda.step(500);
        token.check(new Held(ONE, FENCE, false));
        agenda.step(1_400);
        assertThatCode(token::end).doesNotThrowAnyException();

        agenda.step(1_501);

        assertThatThrownBy(token::end).hasMessageStartingWith("OneToken: ");
    }

    @Test
    void aClaimThatIsNotAnsweredIsMissed() {
        var claims = new ClaimsEnd(agenda, CORE, 4);
        claims.check(new ClaimSent(ONE, ONE.name(), "a"));
        claims.check(new ClaimAnswered(ONE.name(), "a"));
        claims.check(new ClaimSent(ONE, ONE.name(), "b"));
        claims.check(new ClaimAnswered(ONE.name(), "a"));
        agenda.step(ClaimsEnd.PATIENCE_MILLIS + 1);

        assertThatThrownBy(() -> claims.check(stepped(ONE, NodePhase.IDLE))).hasMessageStartingWith("ClaimsEnd: ");
        assertThatCode(() -> claims.check(stepped(OTHER, NodePhase.IDLE))).doesNotThrowAnyException();
    }

    @Test
    void anEpochThatNobodyHadToEndGoesOn() {
        var claims = new ClaimsEnd(agenda, CORE, 4);
        claims.check(won(5));
        claims.quiet();
        assertThatCode(() -> claims.check(won(5))).doesNotThrowAnyException();

        assertThatThrownBy(() -> claims.check(won(6))).hasMessageStartingWith("ClaimsEnd: ");
    }

    private static Applied won(long epoch) {
        RingConfig ring = new RingConfig(1, CORE);
        return new Applied(
                new Claim(ring, ONE, "life:1", epoch - 1, OptionalLong.empty()),
                new ClaimWon(epoch, new StoreView(new Fence(epoch, Fence.NO_HOP), ring, 0)));
    }

    @Test
    void anIdleRingThatIsBusyIsNotQuiet() {
        var quiet = new Quiet(agenda);
        quiet.quiet();
        happen(Quiet.EVENTS_PER_SECOND);
        assertThatCode(() -> quiet.check(stepped(ONE, NodePhase.IDLE))).doesNotThrowAnyException();

        happen(1);

        assertThatThrownBy(() -> quiet.check(stepped(ONE, NodePhase.IDLE))).hasMessageStartingWith("Quiet: ");
    }

    @Test
    void aLonelyNodeThatWritesForOthersFirstDoesNotServeAlone() {
        var alone = new ServesAlone(ONE);
        assertThatThrownBy(alone::quiet).hasMessageStartingWith("ServesAlone: ");
        alone.check(new Queued(ONE, 1));
        alone.check(new Entered(ONE, FENCE));
        alone.check(new Queued(ONE, 2));

        assertThatThrownBy(() -> alone.check(new Entered(ONE, FENCE))).hasMessageStartingWith("ServesAlone: ");

        alone.check(new Answered(1));
        assertThatCode(() -> alone.check(new Entered(ONE, FENCE))).doesNotThrowAnyException();
        assertThatCode(alone::quiet).doesNotThrowAnyException();
    }

    private void happen(long times) {
        for (long i = 0; i < times; i++) {
            agenda.in(0, () -> {});
            agenda.step(agenda.millis());
        }
    }

    private static Stepped stepped(NodeId node, NodePhase phase) {
        return new Stepped(
                node,
                node.name(),
                new NodeReport(FENCE, phase, 0, false, "life", 0, OptionalLong.empty(), Slots.empty(2)));
    }
}
