package io.ringstore.store.replication;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends this process at once when going on could make this replica differ from the others (P4). */
@FunctionalInterface
public interface FailStop {

    /** The exit code that tells a supervisor's log why. */
    int EXIT_CODE = 70;

    Logger LOG = LoggerFactory.getLogger(FailStop.class);

    /** Without shutdown hooks: nothing must be written or answered any more. */
    FailStop HALT = (reason, cause) -> {
        LOG.error("store halted reason=\"{}\"", reason, cause);
        Runtime.getRuntime().halt(EXIT_CODE);
    };

    void now(String reason, Throwable cause);
}
