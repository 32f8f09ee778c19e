package io.ringstore.store.replication.rest;

import java.util.Locale;
import java.util.Optional;

/** What store nodes say to each other; the name is the last part of the path. */
public enum ReplicationMessage {
    VOTE,
    APPEND,
    SNAPSHOT,
    ELECTION,
    READ_INDEX,
    TERM;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As it stands in paths and metrics. */
    public String word() {
        return word;
    }

    static Optional<ReplicationMessage> ofPath(String path) {
        for (ReplicationMessage message : values()) {
            if (path.endsWith("/" + message.word)) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }
}
