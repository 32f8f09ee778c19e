package io.ringstore.client.watch;

import io.ringstore.api.RecordMessage;
import org.jspecify.annotations.Nullable;

/** The latest stretch of the log without gaps, one copy for all who watch; guarded by the hub. */
final class Backlog {

    private final @Nullable Recent[] revisions;
    private final long maxBytes;
    private long first = 1;
    private long next = 1;
    private long bytes;

    Backlog(int maxRevisions, long maxBytes) {
        this.revisions = new Recent[maxRevisions];
        this.maxBytes = maxBytes;
    }

    /** Empties it; this revision comes next. */
    void startAt(long revision) {
        while (first < next) {
            removeFirst();
        }
        first = revision;
        next = revision;
    }

    /** Takes what was written at the revision that comes next, and lets old ones go for it. */
    void add(Recent recent) {
        while (next - first == revisions.length || (first < next && bytes + recent.weight() > maxBytes)) {
            removeFirst();
        }
        revisions[slot(next++)] = recent;
        bytes += recent.weight();
    }

    private void removeFirst() {
        bytes -= at(first).weight();
        revisions[slot(first++)] = null;
    }

    /** The oldest revision that is here, or the next one to come if none is. */
    long first() {
        return first;
    }

    /** The revision that comes next. */
    long next() {
        return next;
    }

    /** @param revision from {@link #first} to before {@link #next} */
    Recent at(long revision) {
        Recent recent = revisions[slot(revision)];
        if (recent == null) {
            throw new IllegalArgumentException("revision " + revision + " is not between " + first + " and " + next);
        }
        return recent;
    }

    /** The latest record of a key from a revision on, which is here; null if there is none. */
    @Nullable
    RecordMessage latest(String key, long from) {
        for (long revision = next - 1; revision >= from; revision--) {
            for (RecordMessage record : at(revision).records()) {
                if (record.key().equals(key)) {
                    return record;
                }
            }
        }
        return null;
    }

    private int slot(long revision) {
        return (int) (revision % revisions.length);
    }
}
