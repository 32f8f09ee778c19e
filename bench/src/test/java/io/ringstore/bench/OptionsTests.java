package io.ringstore.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTests {

    @Test
    void everythingHasADefault() {
        Options options = Options.parse(List.of());

        assertThat(options.clients()).containsExactly(1, 64);
        assertThat(options.rounds()).isEqualTo(1);
        assertThat(options.plan())
                .isEqualTo(new Plan(
                        100, 1, 0, false, new Pace.AfterTheLast(), Duration.ofSeconds(5), Duration.ofSeconds(20)));
    }

    @Test
    void eachOptionHasItsPlace() {
        Options options = Options.parse(List.of(
                ("--clients 2,3 --size 10 --reads 40 --consistency local --rate 900 --duration 7 --warm-up 0 --rounds 4"
                                + " --json out.json")
                        .split(" ", -1)));

        assertThat(options.clients()).containsExactly(2, 3);
        assertThat(options.rounds()).isEqualTo(4);
        assertThat(options.json()).hasToString("Optional[out.json]");
        assertThat(options.plan())
                .isEqualTo(new Plan(10, 1, 40, true, new Pace.AtRate(900), Duration.ZERO, Duration.ofSeconds(7)));
    }

    @Test
    void aTargetKnowsItsServers() {
        Options options = Options.parse(
                List.of("--target", "ours ringstore http://localhost:1 pids=4,5 meters=http://a/m,http://b/m"));

        assertThat(options.targets())
                .containsExactly(new Target(
                        "ours",
                        Target.Kind.RINGSTORE,
                        "http://localhost:1",
                        List.of(4L, 5L),
                        List.of(URI.create("http://a/m"), URI.create("http://b/m"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --clients 0               | --clients takes whole numbers from 1 to 4096, not '0'.
                    --clients 1,x             | --clients takes whole numbers from 1 to 4096, not 'x'.
                    --duration 0              | --duration takes whole numbers from 1 to 86400, not '0'.
                    --reads 101               | --reads takes whole numbers from 0 to 100, not '101'.
                    --size                    | --size takes a value.
                    --sise 4                  | no such option: --sise. There are --clients, --size, --records, --reads, --consistency, --rate, --duration, --warm-up, --rounds, --json.
                    clients 4                 | no such option: clients. There are --clients, --size, --records, --reads, --consistency, --rate, --duration, --warm-up, --rounds, --json.
                    --consistency eventual    | --consistency is local or linearizable, not 'eventual'.
                    --reads 5 --records 2     | --records above 1 is for writes only: leave out --reads.
                    --target ours             | --target takes 'NAME KIND ADDRESS [pids=…] [meters=…]', not 'ours'
                    """)
    void whatIsWrongIsSaid(String arguments, String error) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of(arguments.split(" ", -1))))
                .withMessage(error);
    }
}
