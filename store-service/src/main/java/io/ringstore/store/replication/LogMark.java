package io.ringstore.store.replication;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The index of an entry that this node's log had on disk and that was committed, noted about once a second.
 *
 * <p>Committed entries are never taken back, so a log that does not reach it any more lost its end, which no look at the
 * log alone can show: a file that is gone, or cut between two records, looks as if it had never been written (P5).
 */
final class LogMark {

    private static final long NONE = -1;

    private final MarkFile file;
    private long written = NONE;

    LogMark(Path data) {
        this.file = new MarkFile(data.resolve("log-mark"));
    }

    /** What was noted last on this disk, or -1. */
    long read() throws IOException {
        return file.read().map(Long::parseLong).orElse(NONE);
    }

    void note(long index) throws IOException {
        if (index > written) {
            file.write(Long.toString(index));
            written = index;
        }
    }
}
