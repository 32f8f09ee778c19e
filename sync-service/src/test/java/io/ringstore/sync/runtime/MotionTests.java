package io.ringstore.sync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.NodeReport;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.Slots;
import io.ringstore.ring.Timer;
import io.ringstore.ring.Token;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** In slow motion a token stays until it is told to go, with its copy, and nobody takes that for a fault. */
class MotionTests {

    private static final Fence FENCE = new Fence(3, 11);
    private static final NodeId NEXT = new NodeId("sync-1");

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Motion motion = new Motion();
    private final RingPorts ports = motion.around((RingPorts) Proxy.newProxyInstance(
            RingPorts.class.getClassLoader(), new Class<?>[] {RingPorts.class}, (_, method, _) -> {
                sent.add(method.getName());
                return null;
            }));

    private static Token token() {
        return new Token("ringstore", 1, FENCE, Slots.empty(5), 7);
    }

    private void pass() {
        ports.passToken(new RingAction.PassToken(NEXT, token()));
        ports.sendCopy(new RingAction.SendCopy(new NodeId("sync-2"), token(), NEXT));
    }

    @Test
    void atFullSpeedEverythingGoesAtOnce() {
        pass();

        assertThat(sent).containsExactly("passToken", "sendCopy");
    }

    @Test
    void aPausedTokenStaysWithItsCopyUntilTheNextStep() {
        motion.set(true, Duration.ZERO);
        pass();
        assertThat(sent).isEmpty();
        assertThat(motion.state()).isEqualTo(new Motion.State(true, 0, 3L, 11L, "sync-1"));

        motion.step();

        assertThat(sent).containsExactly("passToken", "sendCopy");
        assertThat(motion.state()).isEqualTo(new Motion.State(true, 0, null, null, null));
    }

    @Test
    void aSlowOneGoesByItselfAndSoDoesOneThatIsResumed() {
        motion.set(false, Duration.ofMillis(1));
        pass();
        Awaitility.await().until(() -> sent.size() == 2);

        motion.set(true, Duration.ZERO);
        pass();
        motion.set(false, Duration.ZERO);
        Awaitility.await().until(() -> sent.size() == 4);
    }

    @Test
    void whatIsHeldBackIsNotOverdueAndHasJustMoved() {
        NodeReport report = new NodeReport(
                FENCE, NodePhase.HOLDING, 60_000, false, "first", 0, OptionalLong.empty(), Slots.empty(5));
        RingCore core = motion.around((_, event) -> event instanceof RingEvent.TimerFired
                ? List.of(new RingAction.Leave())
                : List.of(new RingAction.Answer(1, new PeerReply.Report(report))));
        RingEvent overdue = new RingEvent.TimerFired(new Timer.PassOverdue(FENCE));
        motion.set(true, Duration.ZERO);
        pass();

        assertThat(core.handle(0, overdue)).isEmpty();
        assertThat(core.handle(0, new RingEvent.ReportAsked(1)).getFirst())
                .isInstanceOfSatisfying(
                        RingAction.Answer.class,
                        answer -> assertThat(answer.reply())
                                .isInstanceOfSatisfying(
                                        PeerReply.Report.class,
                                        told -> assertThat(told.report().phaseForMillis())
                                                .isZero()));

        motion.step();
        assertThat(core.handle(0, overdue)).containsExactly(new RingAction.Leave());
    }

    @Test
    void aNodeThatIsStoppedLetsGo() {
        motion.set(true, Duration.ZERO);
        pass();
        motion.around((_, _) -> List.of()).handle(0, new RingEvent.StopRequested());

        Awaitility.await().until(() -> sent.size() == 2);
        assertThat(motion.state().paused()).isFalse();
    }

    @Test
    void nobodyPausesForEver() {
        assertThatIllegalArgumentException().isThrownBy(() -> motion.set(false, Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> motion.set(false, Duration.ofMillis(-1)));
    }
}
