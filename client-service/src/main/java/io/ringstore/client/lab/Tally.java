package io.ringstore.client.lab;

import io.ringstore.history.Observation;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the clients of a run saw, as it grows; all times are of {@code System.nanoTime()}. */
final class Tally {

    private static final int PERCENT = 100;

    private final long began;
    private final List<WriteSeen> seen = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private Micros all = new Micros();
    private Micros second = new Micros();
    private int acknowledged;
    private long lastAcknowledged;
    private long longestSilence;
    private @Nullable Long recoveryMillis;
    private @Nullable String servedBy;

    Tally(long now) {
        began = now;
        lastAcknowledged = now;
    }

    /** One second of a run: how many writes were acknowledged, and how long those took, in milliseconds. */
    record Sample(int second, int writes, double p50, double p99, double max) {}

    /** How long acknowledged writes took, in milliseconds. */
    record Latency(double p50, double p99, double max) {}

    /** @param node that had the last word */
    synchronized void saw(WriteSeen write, @Nullable String node, long now) {
        seen.add(write);
        if (write.end() instanceof End.Acknowledged) {
            closeSeconds(now);
            acknowledged++;
            servedBy = node == null ? servedBy : node;
            longestSilence = Math.max(longestSilence, now - lastAcknowledged);
            lastAcknowledged = now;
            long micros = TimeUnit.NANOSECONDS.toMicros(write.completedAt() - write.invokedAt());
            second.add(micros);
            all.add(micros);
        }
    }

    synchronized int acknowledged() {
        return acknowledged;
    }

    /** The sync node that wrote last, if any did. */
    synchronized @Nullable String servedBy() {
        return servedBy;
    }

    synchronized List<Observation> seen() {
        return List.copyOf(seen);
    }

    /** From now on, silence is measured. */
    synchronized void watchSilence(long now) {
        longestSilence = 0;
        lastAcknowledged = now;
    }

    /** Ends what {@link #watchSilence} began. */
    synchronized void endSilence(long now) {
        recoveryMillis = TimeUnit.NANOSECONDS.toMillis(Math.max(longestSilence, now - lastAcknowledged));
    }

    /** The longest time without an acknowledged write while silence was watched; null if it was not. */
    synchronized @Nullable Long recoveryMillis() {
        return recoveryMillis;
    }

    /** Each second that is over. */
    synchronized List<Sample> samples(long now) {
        closeSeconds(now);
        return List.copyOf(samples);
    }

    synchronized Latency latency() {
        return new Latency(all.at(50), all.at(99), all.at(PERCENT));
    }

    private void closeSeconds(long now) {
        for (long over = TimeUnit.NANOSECONDS.toSeconds(now - began); samples.size() < over; ) {
            samples.add(new Sample(samples.size(), second.count, second.at(50), second.at(99), second.at(PERCENT)));
            second = new Micros();
        }
    }

    /** Some numbers, of which percentiles are wanted. */
    private static final class Micros {

        private static final double MICROS_PER_MILLI = 1_000;

        private long[] micros = new long[64];
        private int count;
        private boolean sorted = true;

        void add(long one) {
            if (count == micros.length) {
                micros = Arrays.copyOf(micros, 2 * count);
            }
            micros[count++] = one;
            sorted = false;
        }

        /** In milliseconds; 0 if there are none. */
        double at(int percent) {
            if (!sorted) {
                Arrays.sort(micros, 0, count);
                sorted = true;
            }
            int place = Math.max(0, (count * percent + PERCENT - 1) / PERCENT - 1);
            return count == 0 ? 0 : micros[place] / MICROS_PER_MILLI;
        }
    }
}
