package io.ringstore.store.replication.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ringstore.link.ClusterSecret;
import io.ringstore.link.Credentials;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A slow peer is not a thread that is being stopped: Ratis would never speak to that peer again (the trap of P1). */
class PeerConnectionsTests {

    private static final Credentials CREDENTIALS = new Credentials(new ClusterSecret("a secret"));

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final byte[] BODY = new byte[3];

    private ServerSocket silent;
    private PeerConnections connections;

    /** The kernel takes connections for it; nobody ever answers. */
    @BeforeEach
    void listen() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        connections = connectionsTo(silent.getLocalPort());
    }

    private static PeerConnections connectionsTo(int port) {
        return new PeerConnections(
                URI.create("http://127.0.0.1:" + port),
                new MessageTimeouts(Duration.ofMillis(100), SHORT, SHORT, SHORT),
                CREDENTIALS);
    }

    @AfterEach
    void close() throws IOException {
        connections.close();
        silent.close();
    }

    @ParameterizedTest
    @EnumSource
    void noAnswerInTimeIsATimeoutOfRatisAndNoInterrupt(ReplicationMessage message) {
        Throwable thrown = catchThrowable(() -> connections.post(message, BODY));

        assertThat(thrown).isInstanceOf(TimeoutIOException.class).isNotInstanceOf(InterruptedIOException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aPoolThatIsUsedUpIsATimeoutToo() throws Exception {
        var patient = new MessageTimeouts(Duration.ofMillis(100), SHORT, Duration.ofSeconds(5), SHORT);
        try (var calls = Executors.newVirtualThreadPerTaskExecutor();
                var used = new PeerConnections(connections.base(), patient, CREDENTIALS)) {
            for (int i = 0; i < 8; i++) {
                var _ = calls.submit(() -> used.post(ReplicationMessage.VOTE, BODY));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(catchThrowable(() -> used.post(ReplicationMessage.APPEND, BODY)))
                            .isInstanceOf(TimeoutIOException.class)
                            .hasCauseInstanceOf(ConnectionRequestTimeoutException.class));
            calls.shutdownNow();
        }
    }

    @Test
    void aRealInterruptStaysOne() {
        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(() -> connections.post(ReplicationMessage.APPEND, BODY));

        assertThat(thrown).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aPeerThatDoesNotListenIsAnOrdinaryFailure() throws IOException {
        silent.close();

        assertThat(catchThrowable(() -> connections.post(ReplicationMessage.APPEND, BODY)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(InterruptedIOException.class);
    }
}
