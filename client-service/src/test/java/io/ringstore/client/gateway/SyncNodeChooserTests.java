package io.ringstore.client.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Where a write goes first, and where next. */
class SyncNodeChooserTests {

    private static SyncNodeChooser chooser(GatewayProperties.Choice choice, Duration suspicion) {
        return new SyncNodeChooser(3, choice, "", suspicion);
    }

    @Test
    void stickyStaysAndRoundRobinTurns() {
        SyncNodeChooser sticky = chooser(GatewayProperties.Choice.STICKY, Duration.ofMinutes(1));
        SyncNodeChooser turning = chooser(GatewayProperties.Choice.ROUND_ROBIN, Duration.ofMinutes(1));
        assertThat(IntStream.range(0, 4).map(_ -> sticky.first())).containsExactly(0, 0, 0, 0);
        assertThat(IntStream.range(0, 4).map(_ -> turning.first())).containsExactly(0, 1, 2, 0);
    }

    @Test
    void aNodeThatFailedIsLeftAndNotReturnedToWhenItWorksAgain() {
        SyncNodeChooser sticky = chooser(GatewayProperties.Choice.STICKY, Duration.ofMinutes(1));
        sticky.failed(0);
        assertThat(sticky.first()).isEqualTo(1);
        sticky.worked(0);
        assertThat(sticky.first()).isEqualTo(1);
        assertThat(sticky.after(2)).isEqualTo(0);
    }

    @Test
    void suspectedNodesArePassedOver() {
        SyncNodeChooser turning = chooser(GatewayProperties.Choice.ROUND_ROBIN, Duration.ofMinutes(1));
        turning.failed(1);
        assertThat(turning.after(0)).isEqualTo(2);
        assertThat(IntStream.range(0, 3).map(_ -> turning.first())).containsExactly(0, 2, 2);
    }

    @Test
    void whereAllAreSuspectedEachIsTriedAllTheSame() {
        SyncNodeChooser sticky = chooser(GatewayProperties.Choice.STICKY, Duration.ofMinutes(1));
        IntStream.range(0, 3).forEach(sticky::failed);
        assertThat(IntStream.range(0, 3).map(sticky::after)).containsExactly(1, 2, 0);
    }

    @Test
    void suspicionPasses() {
        SyncNodeChooser turning = chooser(GatewayProperties.Choice.ROUND_ROBIN, Duration.ofMillis(50));
        turning.failed(1);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> turning.after(0) == 1);
    }
}
