package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What exceeds a bound goes, and nothing else. */
class RetentionTests {

    private static final long NOW = 1_764_000_000_000L;
    private static final Duration LONG = Duration.ofDays(365);

    /** A revision each second, the last one now; each of ten bytes. */
    private record OneASecond(long compacted, long lastRevision) implements Retention.Kept {

        @Override
        public long storedAt(long revision) {
            assertThat(revision).isBetween(compacted + 1, lastRevision);
            return NOW - 1_000 * (lastRevision - revision);
        }

        @Override
        public long lastBeyond(long bytes) {
            return Math.max(0, lastRevision - bytes / 10);
        }
    }

    private static long compactTo(Retention retention, long compacted, long last) throws IOException {
        return retention.compactTo(new OneASecond(compacted, last), NOW);
    }

    @Test
    void nothingGoesWithinTheBounds() throws IOException {
        assertThat(compactTo(new Retention(100, LONG, 10_000), 0, 100)).isZero();
        assertThat(compactTo(new Retention(100, LONG, 10_000), 40, 100)).isEqualTo(40);
        assertThat(compactTo(new Retention(100, LONG, 10_000), 0, 0)).isZero();
    }

    @Test
    void theOldestGoWhereThereAreTooMany() throws IOException {
        assertThat(compactTo(new Retention(100, LONG, 10_000), 7, 130)).isEqualTo(30);
    }

    @Test
    void whatIsOlderThanTheAgeGoesToTheRevision() throws IOException {
        var aMinute = new Retention(1_000, Duration.ofMinutes(1), 10_000);

        assertThat(compactTo(aMinute, 0, 500)).isEqualTo(439);
        assertThat(compactTo(aMinute, 438, 500)).isEqualTo(439);
        assertThat(compactTo(aMinute, 439, 500)).isEqualTo(439);
        assertThat(aMinute.compactTo(new OneASecond(0, 500), NOW + 3_600_000)).isEqualTo(500);
    }

    @Test
    void theOldestGoWhereTheyTakeTooMuchRoom() throws IOException {
        assertThat(compactTo(new Retention(1_000, LONG, 500), 0, 130)).isEqualTo(80);
    }

    /** All at once would keep the replicas from applying anything else for more than a second. */
    @Test
    void whatGoesTogetherGoesInSteps() throws IOException {
        var few = new Retention(100, LONG, 1_000_000_000);

        assertThat(compactTo(few, 0, 50_100)).isEqualTo(20_000);
        assertThat(compactTo(few, 20_000, 50_100)).isEqualTo(40_000);
        assertThat(compactTo(few, 40_000, 50_100)).isEqualTo(50_000);
    }
}
