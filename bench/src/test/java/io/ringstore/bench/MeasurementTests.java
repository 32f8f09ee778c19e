package io.ringstore.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTests {

    @Test
    void whatIsComparedStandsBesideItsRatio() {
        var out = new ByteArrayOutputStream();
        new Table(new PrintStream(out, true, StandardCharsets.UTF_8))
                .print(List.of(measured("ours", 300, 2), measured("theirs", 100, 4)));

        assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
                .anySatisfy(line -> assertThat(line).startsWith("ours write 64 300 2.00"))
                .anySatisfy(line -> assertThat(line).startsWith(" : theirs x 3.00 x 0.50"));
    }

    @Test
    void theMedianIsTakenOfEachSystemOverItsRounds() {
        List<Measurement> medians = Measurement.medians(List.of(
                measured("ours", 300, 9),
                measured("theirs", 1, 1),
                measured("ours", 100, 2),
                measured("ours", 200, 4)));

        assertThat(medians).extracting(Measurement::target).containsExactly("ours", "theirs");
        assertThat(medians.getFirst().perSecond()).isEqualTo(200);
        assertThat(medians.getFirst().millis()).containsEntry(Measurement.P50, 4.0);
    }

    @Test
    void processorTimeIsFoundBehindANameWithBlanks() {
        assertThat(Servers.ticks("7 (a (b) c) S 1 1 1 0 -1 4 5 6 7 8 120 30 0 0 20"))
                .isEqualTo(150);
    }

    private static Measurement measured(String target, double perSecond, double millis) {
        return new Measurement(
                target,
                "write",
                64,
                perSecond,
                Map.of(Measurement.MEAN, millis, Measurement.P50, millis),
                Map.of(),
                Map.of(),
                Map.of());
    }
}
