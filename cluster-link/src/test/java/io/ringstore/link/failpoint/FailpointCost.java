package io.ringstore.link.failpoint;

import java.util.Arrays;
import java.util.function.LongSupplier;

/** Measures what passing a failpoint costs at which nothing is armed; docs/PERFORMANCE.md says how it is started. */
final class FailpointCost {

    private static final int PASSES = 20_000_000;
    private static final int ROUNDS = 9;

    private FailpointCost() {}

    static void main() {
        Failpoints lab = new FailpointSwitches(Failpoint.Where.STORE, () -> 0, new ThisProcess());
        double nothing = nanos("a loop alone", () -> 0);
        double outside = nanos("outside of the lab", () -> Failpoints.NONE.drops(Failpoint.BEFORE_APPEND) ? 1 : 0);
        double inside = nanos("in the lab, not armed", () -> lab.drops(Failpoint.BEFORE_APPEND) ? 1 : 0);
        System.out.printf("a failpoint costs %.1f ns, in the lab %.1f ns%n", outside - nothing, inside - nothing);
    }

    /** The median of some rounds, the first ones only for the compiler. */
    private static double nanos(String what, LongSupplier pass) {
        double[] rounds = new double[ROUNDS];
        long dropped = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < PASSES; i++) {
                dropped += pass.getAsLong();
            }
            rounds[round] = (double) (System.nanoTime() - begun) / PASSES;
        }
        double[] warm = Arrays.copyOfRange(rounds, ROUNDS / 3, ROUNDS);
        Arrays.sort(warm);
        System.out.printf("%-24s %6.2f ns  (dropped %d)%n", what, warm[warm.length / 2], dropped);
        return warm[warm.length / 2];
    }
}
