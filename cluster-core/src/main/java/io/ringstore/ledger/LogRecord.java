package io.ringstore.ledger;

/**
 * One accepted change at its place in the total order; revisions start at 1 and have no gaps.
 *
 * <p>The changes of a transaction share its revision and its request id, and stand next to each other.
 *
 * @param entry of a transaction, what it would be if the client had asked for this change alone
 */
public record LogRecord(Place place, Entry entry, Origin origin) {

    public long revision() {
        return place.revision();
    }

    public Operation.Change change() {
        return switch (entry.write().operation()) {
            case Operation.Change change -> change;
            case Txn _ -> throw new IllegalStateException("a transaction stands in the log as its changes");
        };
    }
}
