package io.ringstore.ledger;

import org.jspecify.annotations.Nullable;

/** What must be true of a key for its write to be applied. */
public sealed interface Precondition {

    /** Nothing: the write is always applied. */
    record Always() implements Precondition {}

    /** {@code If-Match: "revision"}: the key is at this revision. */
    record AtRevision(long revision) implements Precondition {}

    /** {@code If-None-Match: *}: the key does not exist. */
    record Absent() implements Precondition {}

    /** {@code If-Match: *}: the key exists. */
    record Present() implements Precondition {}

    /**
     * Whether it is so.
     *
     * @param current what the key holds, null if it does not exist
     */
    default boolean holds(@Nullable LogRecord current) {
        return switch (this) {
            case Always() -> true;
            case AtRevision(long revision) -> current != null && current.revision() == revision;
            case Absent() -> current == null;
            case Present() -> current != null;
        };
    }
}
