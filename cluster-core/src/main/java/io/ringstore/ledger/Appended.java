package io.ringstore.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a batch adds to the log, what that takes the place of, and how much its answer carries. */
final class Appended {

    /** What all transactions of a batch may read together; their values travel in its answer. */
    private static final long MAX_READ = 2 * Txn.MAX_READ;

    private final List<LogRecord> records;
    private final List<@Nullable LogRecord> replaced;
    private long read;

    Appended(int entries) {
        records = new ArrayList<>(entries);
        replaced = new ArrayList<>(entries);
    }

    void add(LogRecord record, @Nullable LogRecord before) {
        records.add(record);
        replaced.add(before);
    }

    boolean hasRoomToRead(long bytes) {
        return read + bytes <= MAX_READ;
    }

    void countRead(long bytes) {
        read += bytes;
    }

    List<LogRecord> records() {
        return records;
    }

    List<@Nullable LogRecord> replaced() {
        return replaced;
    }
}
