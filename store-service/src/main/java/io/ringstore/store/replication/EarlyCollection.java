package io.ringstore.store.replication;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what is old collected before the heap is full of it.
 *
 * <p>Entries outlive the young generation, because Ratis keeps them until two more files of the log are full, and are garbage soon
 * after. Left alone, a heap grows to its bound with them; how long a collection takes depends on what lives, so that an early one is
 * no longer than a late one, and memory stays where it is.
 */
final class EarlyCollection {

    private static final Logger LOG = LoggerFactory.getLogger(EarlyCollection.class);

    /** Bytes that may be garbage beyond as many as live: what a few minutes of writing leave. */
    static final long SLACK = 128L << 20;

    private final OldGeneration old;

    EarlyCollection(OldGeneration old) {
        this.old = old;
    }

    void look() {
        long used = old.used();
        if (used > 2 * old.lived() + SLACK) {
            old.collect();
            LOG.debug("collected early usedBytes={} livingBytes={}", used, old.lived());
        }
    }
}
