package io.ringstore.client.access;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;

/** Measures what finding out takes whose API token it is; docs/PERFORMANCE.md says how it is started. */
final class ApiTokenCost {

    private static final int CHECKS = 200_000;
    private static final int ROUNDS = 9;

    private ApiTokenCost() {}

    /** @param arguments the file of tokens, and one of those that it knows */
    static void main(String[] arguments) {
        ApiTokens tokens = ApiTokens.read(Path.of(arguments[0]));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long begun = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < CHECKS; i++) {
                if (tokens.find(arguments[1]) == null) {
                    throw new IllegalArgumentException("nobody's token");
                }
            }
            rounds[round] = (threads.getCurrentThreadCpuTime() - begun) / 1e3 / CHECKS;
        }
        double[] warm = Arrays.copyOfRange(rounds, ROUNDS / 3, ROUNDS);
        Arrays.sort(warm);
        System.out.printf(
                "a check takes %.2f us of CPU, %.2f to %.2f%n", warm[warm.length / 2], warm[0], warm[warm.length - 1]);
    }
}
