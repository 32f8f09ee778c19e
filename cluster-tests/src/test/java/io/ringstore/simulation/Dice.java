package io.ringstore.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** All that is random in a run, and so all that its seed decides. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends are possible. */
    long between(long least, long most) {
        return least == most ? least : random.nextLong(least, most + 1);
    }

    double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }

    /** As likely between 1 and 10 as between 10 and 100. */
    double ofAnyScale(double least, double most) {
        return Math.exp(between(Math.log(least), Math.log(most)));
    }

    long ofAnyScale(long least, long most) {
        return (long) ofAnyScale((double) least, (double) most);
    }

    /** As {@link #ofAnyScale}, or 0: this fault is off. */
    double orOff(double least, double most) {
        return chance(0.5) ? ofAnyScale(least, most) : 0;
    }

    /** A waiting time with this mean, as between independent accidents. */
    long about(long mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    <T> List<T> shuffled(List<T> items) {
        List<T> shuffled = new ArrayList<>(items);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, below(i + 1));
        }
        return shuffled;
    }
}
