package io.ringstore.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One accepted change at its place in the total order; revisions start at 1 and have no gaps.
 *
 * <p>The changes of a transaction share its revision and its request id, and stand next to each other.
 *
 * @param entry of a transaction, what it would be if the client had asked for this change alone
 */
public record LogRecord(Place place, Entry entry, Origin origin) {

    /** Its objects without their texts, and its place among the keys: 300 bytes by a heap histogram, and the rest is reserve. */
    private static final int OBJECTS = 340;

    public long revision() {
        return place.revision();
    }

    /** How much memory it takes while it is the newest of its key, as far as all replicas can tell alike. */
    long weight() {
        Write write = entry.write();
        int value = write.operation() instanceof Operation.Put put
                ? put.value().size() + length(put.value().contentType())
                : 0;
        return OBJECTS
                + value
                + 2L * change().key().length()
                + write.requestId().length()
                + length(write.client());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    public Operation.Change change() {
        return switch (entry.write().operation()) {
            case Operation.Change change -> change;
            case Txn _ -> throw new IllegalStateException("a transaction stands in the log as its changes");
        };
    }
}
