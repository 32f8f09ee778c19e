package io.ringstore.sync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.StoreView;
import io.ringstore.link.failpoint.Failpoint;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.RingMoment;
import io.ringstore.ring.Slots;
import io.ringstore.ring.Token;
import io.ringstore.ring.WriteOutcome;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each failpoint of a sync node is where its name says, and what is dropped there gets lost. */
class RingFaultsTests {

    private static final int ME = 1;
    private static final NodeId NEXT = new NodeId("sync-2");
    private static final Slots IDLE = Slots.empty(3);
    private static final Token TOKEN = new Token("ringstore", 1, new Fence(7, 5), IDLE, 9);

    private static final BatchApplied APPLIED = new BatchApplied(
            List.of(), List.of(), List.of(), new StoreView(TOKEN.fence(), new RingConfig(1, List.of(NEXT)), 0));

    private final Set<Failpoint> armed = EnumSet.noneOf(Failpoint.class);
    private final List<Failpoint> reached = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final RingFaults faults = new RingFaults(
            new Failpoints() {
                @Override
                public boolean drops(Failpoint point) {
                    reached.add(point);
                    return armed.contains(point);
                }

                @Override
                public boolean isArmed(Failpoint point) {
                    return armed.contains(point);
                }
            },
            ME);
    private final RingPorts ports = faults.around((RingPorts) Proxy.newProxyInstance(
            RingPorts.class.getClassLoader(), new Class<?>[] {RingPorts.class}, (_, method, _) -> {
                done.add(method.getName());
                return null;
            }));
    private final RingCore core = faults.around((RingCore) (_, event) -> {
        done.add(event.getClass().getSimpleName());
        return List.of();
    });

    private void pass() {
        ports.passToken(new RingAction.PassToken(NEXT, TOKEN));
        ports.sendCopy(new RingAction.SendCopy(new NodeId("sync-0"), TOKEN, NEXT));
    }

    private static RingAction.AnswerClient answer(WriteOutcome outcome) {
        return new RingAction.AnswerClient(1, outcome);
    }

    @Test
    void aTokenThatIsDroppedBeforeItIsPassedNeverLeaves() {
        armed.add(Failpoint.BEFORE_PASS);
        pass();

        assertThat(done).containsExactly("sendCopy");
    }

    @Test
    void theCopyIsHeldUntilTheTokenIsThereAndThenLost() {
        armed.add(Failpoint.BETWEEN_TOKEN_AND_COPY);
        pass();
        assertThat(done).containsExactly("passToken");
        assertThat(reached).doesNotContain(Failpoint.BETWEEN_TOKEN_AND_COPY);

        core.handle(0, new RingEvent.PassFailed(TOKEN.fence(), NEXT));

        assertThat(reached).contains(Failpoint.BETWEEN_TOKEN_AND_COPY);
        assertThat(done).containsExactly("passToken", "PassFailed");
    }

    @Test
    void aCopyWithoutATokenIsNotBetweenTheTwo() {
        armed.add(Failpoint.BETWEEN_TOKEN_AND_COPY);
        Token own = TOKEN.with(new Fence(7, 4));
        ports.sendCopy(new RingAction.SendCopy(NEXT, own, new NodeId("sync-1")));

        assertThat(done).containsExactly("sendCopy");
    }

    @Test
    void aNodeHasStampedWhenItsOwnSlotSaysThatItWaits() {
        ports.tell(new RingMoment.Stamped(TOKEN.fence(), IDLE.with(0, OptionalLong.of(3))));
        assertThat(reached).isEmpty();

        ports.tell(new RingMoment.Stamped(TOKEN.fence(), IDLE.with(ME, OptionalLong.of(3))));
        assertThat(reached).containsExactly(Failpoint.AFTER_STAMP);
        assertThat(done).containsExactly("tell", "tell");
    }

    @Test
    void anAnswerOfTheStoreThatIsDroppedIsNeverHeardOf() {
        armed.add(Failpoint.CS_AFTER_STORE);

        assertThat(core.handle(0, new RingEvent.BatchAnswered(TOKEN.fence(), APPLIED)))
                .isEmpty();
        assertThat(done).isEmpty();
    }

    @Test
    void onlyAClientWhoseWriteIsDecidedIsAboutToBeTold() {
        armed.add(Failpoint.BEFORE_CLIENT_REPLY);
        ports.answerClient(answer(new WriteOutcome.Unknown()));
        ports.answerClient(answer(new WriteOutcome.Decided(new EntryResult.NoSuchKey())));

        assertThat(done).containsExactly("answerClient");
    }

    @Test
    void outsideOfTheLabCoreAndPortsAreThemselves() {
        RingFaults none = new RingFaults(Failpoints.NONE, ME);

        assertThat(none.around(ports)).isSameAs(ports);
        assertThat(none.around(core)).isSameAs(core);
    }
}
