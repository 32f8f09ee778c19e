package io.ringstore.store.replication.rest;

import java.time.Duration;

/**
 * How long each kind of message may take until its answer is there.
 *
 * @param connect for the TCP handshake
 * @param append below half the minimum election timeout, because heartbeats wait behind the one request in flight (P2)
 * @param vote for votes, elections, read indexes and terms
 * @param snapshot for one chunk, which the receiver writes and, the last one, flushes
 */
public record MessageTimeouts(Duration connect, Duration append, Duration vote, Duration snapshot) {

    Duration of(ReplicationMessage message) {
        return switch (message) {
            case APPEND -> append;
            case VOTE, ELECTION, READ_INDEX, TERM -> vote;
            case SNAPSHOT -> snapshot;
        };
    }
}
