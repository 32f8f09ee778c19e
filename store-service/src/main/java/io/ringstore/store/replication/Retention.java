package io.ringstore.store.replication;

import java.io.IOException;
import java.time.Duration;

/**
 * How much of the past is kept; whatever exceeds one of the bounds goes.
 *
 * @param revisions so many can be read back
 * @param age of what can be read back
 * @param bytes of history on disk
 */
record Retention(long revisions, Duration age, long bytes) {

    /** Revisions. If all of them are deletions, a replica takes some 50 ms to forget their keys, and applies nothing else then. */
    private static final long STEP = 20_000;

    static Retention of(ReplicationProperties settings) {
        return new Retention(
                settings.keepRevisions(),
                settings.keepFor(),
                settings.keepSize().toBytes());
    }

    /** The past there is. */
    interface Kept {

        long compacted();

        long lastRevision();

        /** When a revision after {@link #compacted()} was stored, epoch milliseconds; never less than its predecessor. */
        long storedAt(long revision) throws IOException;

        /** The greatest revision without which the rest takes no more than so many bytes; 0 if it takes no more now. */
        long lastBeyond(long bytes);
    }

    /** The revision up to which the past may go: the newest one that exceeds a bound, but one step at most beyond what is gone. */
    long compactTo(Kept kept, long now) throws IOException {
        long byCount = kept.lastRevision() - revisions;
        long byAge = storedBefore(kept, now - age.toMillis());
        long bySize = kept.lastBeyond(bytes);
        long exceeding = Math.max(byCount, Math.max(byAge, bySize));
        return Math.clamp(exceeding, kept.compacted(), kept.compacted() + STEP);
    }

    /** The newest revision that was stored before a moment; what is gone if there is none. */
    private static long storedBefore(Kept kept, long moment) throws IOException {
        long before = kept.compacted();
        long after = kept.lastRevision() + 1;
        while (after - before > 1) {
            long middle = before + (after - before) / 2;
            if (kept.storedAt(middle) < moment) {
                before = middle;
            } else {
                after = middle;
            }
        }
        return before;
    }
}
