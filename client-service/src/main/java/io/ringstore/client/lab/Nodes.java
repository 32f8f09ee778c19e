package io.ringstore.client.lab;

import java.time.Duration;
import java.util.List;

/** The nodes of the cluster, and what a scenario does to them. */
interface Nodes {

    List<String> syncs();

    List<String> stores();

    /** The sync node that has the token, or the one that had it last. */
    String holder();

    /** The store node that leads. @throws Failure if there is none just now */
    String primary();

    /**
     * Arms a failpoint of a node that may not live to answer.
     *
     * @param action as docs/FAILURES.md names it
     * @param length of a pause
     */
    void arm(String node, String point, String action, int count, Duration length);

    void disarm(String node, String point);

    /** How often a failpoint did something since its node was started. */
    int acted(String node, String point);

    Health health(String node);

    /** Whether {@link #start} can; otherwise whoever runs the nodes must. */
    boolean canStart();

    /** Starts a node again, or leaves it to whoever does that here. */
    void start(String node);

    /** What a node says of itself. */
    enum Health {
        READY,
        /** It listens, and takes no part. */
        NOT_READY,
        /** It does not answer in time. */
        SILENT,
        /** Nobody listens there. */
        GONE
    }

    /** A scenario cannot go on. */
    final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }
    }
}
