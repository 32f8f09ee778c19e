package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** At rest the others are left in peace, but never for long. */
class RoundsTests {

    private final Rounds rounds = new Rounds();

    @Test
    void everyRoundWithNewsIsDue() {
        for (long revision = 0; revision < 5; revision++) {
            assertThat(rounds.isDue(revision, false)).isTrue();
        }
    }

    @Test
    void withoutNewsOneRoundInTenIs() {
        rounds.isDue(7, false);

        assertThat(IntStream.rangeClosed(1, 30).filter(_ -> rounds.isDue(7, false)))
                .hasSize(3);
    }

    @Test
    void newsEndTheQuietAtOnce() {
        rounds.isDue(7, false);
        rounds.isDue(7, false);

        assertThat(rounds.isDue(8, false)).isTrue();
        assertThat(rounds.isDue(8, false)).isFalse();
    }

    @Test
    void whoWaitsForTheOthersAsksEachTime() {
        rounds.isDue(7, true);

        assertThat(rounds.isDue(7, true)).isTrue();
    }
}
