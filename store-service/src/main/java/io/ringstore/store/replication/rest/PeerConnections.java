package io.ringstore.store.replication.rest;

import io.ringstore.link.Credentials;
import io.ringstore.link.NodeConnections;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;

/** The connections of one store node to another. */
final class PeerConnections implements Closeable {

    /** One append or chunk, one vote, one read index at a time; the rest is for those that were given up. */
    private static final int MAX_CONNECTIONS = 8;

    private static final Duration RECHECK = Duration.ofSeconds(1);

    private static final String PROTOBUF = "application/x-protobuf";

    private final NodeConnections connections;
    private final MessageTimeouts timeouts;

    PeerConnections(URI base, MessageTimeouts timeouts, Credentials credentials) {
        this.timeouts = timeouts;
        this.connections = new NodeConnections(
                base, credentials, new NodeConnections.Keeping(MAX_CONNECTIONS, timeouts.connect(), RECHECK));
    }

    URI base() {
        return connections.base();
    }

    /**
     * Sends one message and waits for its answer.
     *
     * @throws TimeoutIOException if the answer did not come in time
     * @throws RefusedException if the peer answered, but not with a message
     */
    byte[] post(ReplicationMessage message, byte[] body) throws IOException {
        Duration patience = timeouts.of(message);
        try {
            return message(connections.post(
                    "/replication/" + message.word(),
                    PROTOBUF,
                    body,
                    Map.of(),
                    new NodeConnections.Patience(patience, patience)));
        } catch (InterruptedIOException e) {
            throw asTimeout(message, e);
        }
    }

    /**
     * Tells a slow peer from a thread that is being stopped (the trap of P1): Ratis' log appender takes any
     * {@link InterruptedIOException} for its own shutdown and would never speak to that peer again, and a read that
     * timed out is one.
     */
    private IOException asTimeout(ReplicationMessage message, InterruptedIOException e) {
        if (Thread.currentThread().isInterrupted()) {
            return e;
        }
        return new TimeoutIOException(
                "no answer to " + message.word() + " from " + base() + " within "
                        + timeouts.of(message).toMillis() + " ms",
                e);
    }

    private byte[] message(NodeConnections.Answer answer) throws RefusedException {
        if (answer.status() != 200) {
            throw new RefusedException(
                    answer.status(),
                    base() + " answered " + answer.status() + ": " + RefusedException.text(answer.body()));
        }
        return answer.body();
    }

    /** After a failure the idle connections are probably dead too; a vote should not pay for finding out. */
    void forgetIdle() {
        connections.forgetIdle();
    }

    @Override
    public void close() {
        connections.close();
    }
}
