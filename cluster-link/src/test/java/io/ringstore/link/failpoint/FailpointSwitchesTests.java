package io.ringstore.link.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringstore.link.failpoint.Fault.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A failpoint does what it is armed with: so often, so surely, and nothing otherwise. */
class FailpointSwitchesTests {

    private static final Failpoint POINT = Failpoint.BEFORE_PASS;

    private final List<String> done = new ArrayList<>();
    private double dice;
    private boolean freezable = true;
    private final FailpointSwitches switches =
            new FailpointSwitches(Failpoint.Where.SYNC, () -> dice, new FailpointSwitches.Host() {
                @Override
                public void halt(int status) {
                    done.add("halted with " + status);
                }

                @Override
                public void exit() {
                    done.add("left");
                }

                @Override
                public void freeze(Fault fault) {
                    done.add("frozen for " + fault.length());
                }

                @Override
                public void requireFreezable() {
                    if (!freezable) {
                        throw new IllegalArgumentException("nobody can stop it");
                    }
                }
            });

    private static Fault fault(Action action, @Nullable Integer count, @Nullable Long millis) {
        return Fault.of(action, count, null, millis);
    }

    private FailpointSwitches.State state(Failpoint point) {
        return switches.states().stream()
                .filter(state -> state.name().equals(point.word()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingHappensUntilItIsArmed() {
        assertThat(switches.drops(POINT)).isFalse();
        assertThat(switches.isArmed(POINT)).isFalse();
        assertThat(state(POINT).acted()).isZero();
    }

    @Test
    void aDropHappensAsOftenAsItIsArmedForAndIsCounted() {
        switches.arm(POINT, fault(Action.DROP, 2, null));

        assertThat(List.of(switches.drops(POINT), switches.drops(POINT), switches.drops(POINT)))
                .containsExactly(true, true, false);
        assertThat(state(POINT)).isEqualTo(new FailpointSwitches.State("before-pass", null, 2));
    }

    @Test
    void otherFailpointsAreLeftAlone() {
        switches.arm(POINT, fault(Action.DROP, null, null));

        assertThat(switches.drops(Failpoint.CS_BEFORE_STORE)).isFalse();
        assertThat(switches.isArmed(POINT)).isTrue();
    }

    @Test
    void itHappensWithTheProbabilityItIsArmedWith() {
        switches.arm(POINT, Fault.of(Action.DROP, 1, 0.25, null));

        dice = 0.25;
        assertThat(switches.drops(POINT)).isFalse();
        dice = 0.24;
        assertThat(switches.drops(POINT)).isTrue();
    }

    @Test
    void aHaltEndsTheProcessLikeAKill() {
        switches.arm(POINT, fault(Action.HALT, null, null));
        switches.drops(POINT);

        assertThat(done).containsExactly("halted with 137");
    }

    @Test
    void aDelayHoldsUpAndDropsNothing() {
        switches.arm(POINT, fault(Action.DELAY, null, 30L));
        long began = System.nanoTime();

        assertThat(switches.drops(POINT)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @Test
    void whoPausesGoesOnWhenTheFailpointIsDisarmedAndOthersPass() throws Exception {
        switches.arm(POINT, fault(Action.PAUSE, 1, null));
        var paused = CompletableFuture.supplyAsync(() -> switches.drops(POINT));
        while (state(POINT).acted() == 0) {
            Thread.onSpinWait();
        }
        assertThat(switches.drops(POINT)).isFalse();
        assertThat(paused).isNotDone();

        switches.disarm(POINT);

        assertThat(paused.get(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void theWholeProcessIsPausedAtOnce() {
        switches.arm(Failpoint.PAUSE, fault(Action.PAUSE, null, 1_500L));

        assertThat(done).containsExactly("frozen for PT1.5S");
        assertThat(state(Failpoint.PAUSE).acted()).isEqualTo(1);
        assertThat(switches.isArmed(Failpoint.PAUSE)).isFalse();
    }

    @Test
    void aProcessThatCannotBePausedSaysSoAndNothingIsArmed() {
        freezable = false;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> switches.arm(Failpoint.PAUSE, fault(Action.PAUSE, null, 1_500L)))
                .withMessage("nobody can stop it");
        assertThat(done).isEmpty();
        assertThat(state(Failpoint.PAUSE).acted()).isZero();
        assertThat(switches.isArmed(Failpoint.PAUSE)).isFalse();
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> switches.arm(Failpoint.AFTER_STAMP, fault(Action.DROP, null, null)))
                .withMessage("nothing can be dropped at after-stamp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> switches.arm(Failpoint.PAUSE, fault(Action.HALT, null, null)))
                .withMessage("a process can only be paused at pause");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> switches.arm(Failpoint.IDLE, fault(Action.HALT, null, null)))
                .withMessage("no failpoint of this service: idle");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.of(Action.DROP, 0, null, null))
                .withMessage("count is at least 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.of(Action.DROP, null, Double.NaN, null))
                .withMessageStartingWith("probability is above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.of(Action.DELAY, null, null, 60_001L))
                .withMessage("millis is from 1 to 60000, not 60001");
    }

    @Test
    void nowEndsTheProcessWhenItIsArmedAndDoesNothingElse() {
        switches.arm(Failpoint.NOW, fault(Action.EXIT, null, null));
        switches.arm(Failpoint.NOW, fault(Action.HALT, null, null));

        assertThat(done).containsExactly("left", "halted with 137");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> switches.arm(Failpoint.NOW, fault(Action.PAUSE, null, null)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> switches.arm(Failpoint.NOW, fault(Action.DROP, null, null)));
    }
}
