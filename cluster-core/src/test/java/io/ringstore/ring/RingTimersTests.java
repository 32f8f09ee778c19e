package io.ringstore.ring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Timers between which the relations of ring-protocol.md §12.1 do not hold. */
class RingTimersTests {

    static Stream<Arguments> timersThatCannotBe() {
        return Stream.of(
                Arguments.of("positive", 0, 250, 200, 50, 250, 500, 2_000, 5_000, 3_500),
                Arguments.of("positive", 200, 0, 200, 50, 250, 500, 2_000, 5_000, 3_500),
                Arguments.of("positive", 200, 250, 0, 50, 250, 500, 2_000, 5_000, 3_500),
                Arguments.of("positive", 200, 250, 200, 0, 250, 500, 2_000, 5_000, 3_500),
                Arguments.of("copyIdle", 200, 250, 200, 50, 200, 500, 2_000, 5_000, 3_500),
                Arguments.of("yield must", 200, 250, 200, 50, 250, 2_001, 2_000, 5_000, 3_500),
                Arguments.of("stuck must", 200, 250, 200, 50, 250, 500, 2_000, 2_250, 3_500),
                Arguments.of("lost must", 200, 250, 200, 50, 250, 500, 2_000, 5_000, 2_200));
    }

    @ParameterizedTest
    @MethodSource("timersThatCannotBe")
    void thatCannotBeAreRefusedByTheirName(
            String what,
            long park,
            long pass,
            long probe,
            long copyHot,
            long copyIdle,
            long attempt,
            long yield,
            long stuck,
            long lost) {
        assertThatThrownBy(() -> new RingTimers(
                        park, pass, probe, copyHot, copyIdle, 1_000, attempt, yield, stuck, lost, 500, 2_000, 5_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what);
    }
}
