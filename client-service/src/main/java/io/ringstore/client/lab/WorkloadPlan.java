package io.ringstore.client.lab;

import java.time.Duration;

/** What the clients of a workload are to do; the constructors refuse what one gateway should not be asked for. */
public sealed interface WorkloadPlan {

    int MAX_CLIENTS = 256;

    /** What a gateway can keep and judge afterwards. */
    int MAX_WRITES = 30_000;

    int clients();

    /**
     * The run of the assignment: each client writes one resource at a time and thinks before the next.
     *
     * @param minRequests that a client writes at least
     * @param resources keys {@code R1} and so on
     */
    record Assignment(
            int clients, int minRequests, int maxRequests, Duration minThink, Duration maxThink, int resources)
            implements WorkloadPlan {

        private static final int MOST_REQUESTS = 500;
        private static final Duration LONGEST_THINK = Duration.ofSeconds(10);
        private static final int MOST_RESOURCES = 100;

        public Assignment {
            require(clients >= 1 && clients <= MAX_CLIENTS, "clients is from 1 to " + MAX_CLIENTS);
            require(
                    1 <= minRequests && minRequests <= maxRequests && maxRequests <= MOST_REQUESTS,
                    "minRequests is from 1 to maxRequests, which is at most " + MOST_REQUESTS);
            require(clients * maxRequests <= MAX_WRITES, "clients times maxRequests is at most " + MAX_WRITES);
            require(
                    !minThink.isNegative()
                            && minThink.compareTo(maxThink) <= 0
                            && maxThink.compareTo(LONGEST_THINK) <= 0,
                    "minThinkMillis is from 0 to maxThinkMillis, which is at most " + LONGEST_THINK.toMillis());
            require(resources >= 1 && resources <= MOST_RESOURCES, "resources is from 1 to " + MOST_RESOURCES);
        }
    }

    /**
     * As many writes as asked for, evenly.
     *
     * @param rate writes each second, of all clients together
     * @param size of each value, in bytes
     */
    record Load(int clients, int rate, int size, Duration length) implements WorkloadPlan {

        /** A value names its write. */
        private static final int MIN_SIZE = 64;

        private static final int MAX_SIZE = 4_096;
        private static final int MAX_RATE = 2_000;
        private static final Duration LONGEST = Duration.ofMinutes(5);

        public Load {
            require(clients >= 1 && clients <= MAX_CLIENTS, "clients is from 1 to " + MAX_CLIENTS);
            require(rate >= 1 && rate <= MAX_RATE, "rate is from 1 to " + MAX_RATE);
            require(size >= MIN_SIZE && size <= MAX_SIZE, "size is from " + MIN_SIZE + " to " + MAX_SIZE);
            require(
                    length.isPositive() && length.compareTo(LONGEST) <= 0,
                    "seconds is from 1 to " + LONGEST.toSeconds());
            require(rate * length.toSeconds() <= MAX_WRITES, "rate times seconds is at most " + MAX_WRITES);
        }

        long writes() {
            return rate * length.toSeconds();
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
