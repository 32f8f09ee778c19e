package io.ringstore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Thousands of clusters, each with the faults that its seed draws, and everything that must hold held after every event.
 *
 * <p>{@code -Dseeds=N} runs that many, {@code -Dseed=N} one of them.
 */
class SimulationTests {

    private static final long SEEDS = Long.getLong("seeds", 2_000);
    private static final long FIRST = Long.getLong("firstSeed", 1);

    private static final String LEGEND = """
            Milliseconds; 2.7 is the token of epoch 2 and hop 7, which is the turn of node 7 modulo all nodes, and 2.-1 an epoch just opened;
            after a token, since when each node waits; requests and clients by the end of their ids; who -> whom and what was lost on the way""";

    /** One seed out of so many is run once more, to see that it decides everything. */
    private static final long TWICE_EVERY = 50;

    @Test
    void everythingHoldsWhateverGoesWrong() {
        Long single = Long.getLong("seed");
        if (single != null) {
            check(single);
            return;
        }
        Tally total = new Tally();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            total.add(check(seed));
        }
        System.out.println(SEEDS + " seeds: " + total);
        assertThat(total.acknowledged()).as("writes acknowledged").isGreaterThan(10 * SEEDS);
        assertThat(Arrays.stream(Fault.values()).filter(fault -> total.of(fault) == 0))
                .as("faults that never took effect, so that nothing was shown about them")
                .isEmpty();
    }

    @Test
    void oneSeedDecidesEverything() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed += TWICE_EVERY) {
            assertThat(traceHash(seed)).as("seed %d, run once more", seed).isEqualTo(traceHash(seed));
        }
    }

    private static long traceHash(long seed) {
        Trace trace = Trace.on();
        Simulation.run(seed, trace);
        return trace.hash();
    }

    private static Tally check(long seed) {
        try {
            return Simulation.run(seed, Trace.off()).tally;
        } catch (RuntimeException | Error broken) {
            throw new AssertionError(story(seed, broken), broken);
        }
    }

    /** Runs a seed that failed once more, this time with a trace. */
    private static String story(long seed, Throwable broken) {
        Trace trace = Trace.on();
        try {
            Simulation.run(seed, trace);
        } catch (RuntimeException | Error again) {
            // it is the one that is told
        }
        return "seed %d: %s%n%s%n%s%n%s%nagain with -Dseed=%d"
                .formatted(seed, told(broken), Options.drawnBy(new Dice(seed)), LEGEND, trace, seed);
    }

    /** Our own claims speak for themselves; anything else is named. */
    private static String told(Throwable broken) {
        return broken instanceof Invariant.Broken || broken instanceof AssertionError
                ? String.valueOf(broken.getMessage())
                : broken.toString();
    }
}
