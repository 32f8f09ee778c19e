package io.ringstore.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a batch adds to the log, what that takes the place of, how much its answer carries, and what bounds it. */
final class Appended {

    /** What all transactions of a batch may read together; their values travel in its answer. */
    private static final long MAX_READ = 2 * Txn.MAX_READ;

    private final List<LogRecord> records;
    private final List<@Nullable LogRecord> replaced;
    private final long room;
    private long read;

    /** @param room how much the keys may weigh */
    Appended(int entries, long room) {
        this.room = room;
        records = new ArrayList<>(entries);
        replaced = new ArrayList<>(entries);
    }

    void add(LogRecord record, @Nullable LogRecord before) {
        records.add(record);
        replaced.add(before);
    }

    long room() {
        return room;
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
