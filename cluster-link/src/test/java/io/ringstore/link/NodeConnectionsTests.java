package io.ringstore.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer may be slow, gone, or not ours at all: each time the call ends, in time, and the next one is not harmed. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeConnectionsTests {

    private static final Duration SHORT = Duration.ofMillis(200);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private ServerSocket listening;
    private NodeConnections connections;

    /** What the peer does with a connection that somebody made. */
    private interface Peer {
        void serve(Socket connection) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        connections = new NodeConnections(
                URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/under"),
                new Credentials(new ClusterSecret("a secret of sixteen or more")),
                new NodeConnections.Keeping(2, SHORT, Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() throws IOException {
        connections.close();
        listening.close();
    }

    @Test
    void aCallShowsTheSecretAndWhatItCarries() throws IOException {
        serve(this::answerAll);

        NodeConnections.Answer answer = connections.post(
                "/token", "application/json", bytes("{}"), Map.of("Accept", "text/plain"), patience(SHORT));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("text/plain");
        assertThat(answer.body()).asString().isEqualTo("ok");
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("POST /under/token HTTP/1.1\r\n")
                .contains("Ringstore-Secret: a secret of sixteen or more\r\n")
                .contains("Content-Type: application/json\r\n")
                .contains("Content-Length: 2\r\n")
                .contains("Accept: text/plain\r\n");
    }

    @Test
    void callsOneAfterTheOtherShareAConnection() throws IOException {
        serve(this::answerAll);

        post();
        post();

        assertThat(requests).hasSize(2);
        assertThat(connected).hasValue(1);
    }

    @Test
    void aRefusalIsAnAnswer() throws IOException {
        serve(peer -> {
            requests.add(request(peer));
            write(peer, "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n");
        });

        assertThat(post().status()).isEqualTo(503);
    }

    @Test
    void aSilentPeerIsGivenUpInTimeAndDoesNotHarmTheNextCall() throws IOException {
        AtomicBoolean first = new AtomicBoolean(true);
        serve(peer -> {
            if (first.getAndSet(false)) {
                request(peer);
                request(peer);
            } else {
                answerAll(peer);
            }
        });

        assertThat(catchThrowable(this::post)).isInstanceOf(SocketTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(post().body()).asString().isEqualTo("ok");
    }

    @Test
    void aConnectionThatEndsWithoutAnAnswerIsAFailureAndNothingIsSentTwice() {
        serve(peer -> requests.add(request(peer)));

        assertThat(catchThrowable(this::post))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(InterruptedIOException.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void connectionsThatRestCanBeForgotten() throws IOException {
        serve(this::answerAll);

        post();
        connections.forgetIdle();
        post();

        assertThat(connected).hasValue(2);
    }

    @Test
    void anAnswerWithoutEndIsCutOffInTime() {
        serve(peer -> {
            request(peer);
            write(peer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                write(peer, "10000\r\n" + "x".repeat(1 << 16) + "\r\n");
            }
        });

        assertThatThrownBy(this::post).isInstanceOf(IOException.class).hasMessageContaining("more than 2097152 bytes");
    }

    @Test
    void whatIsNotHttpIsAFailure() {
        serve(peer -> {
            request(peer);
            write(peer, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
        });

        assertThat(catchThrowable(this::post)).isInstanceOf(IOException.class);
    }

    @Test
    void nobodyListeningIsSaidAsSuch() throws IOException {
        listening.close();

        assertThat(catchThrowable(this::post)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aThreadThatIsBeingStoppedIsToldSo() {
        serve(this::answerAll);

        Thread.currentThread().interrupt();

        assertThat(catchThrowable(this::post)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void afterClosingThereAreNoMoreCalls() {
        serve(this::answerAll);
        connections.close();

        assertThatThrownBy(this::post).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    private NodeConnections.Answer post() throws IOException {
        return connections.post("/token", "application/json", bytes("{}"), Map.of(), patience(SHORT));
    }

    private static NodeConnections.Patience patience(Duration answer) {
        return new NodeConnections.Patience(SHORT, answer);
    }

    private void serve(Peer peer) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var _ = threads.submit(() -> {
            while (true) {
                Socket connection = listening.accept();
                connected.incrementAndGet();
                var _ = threads.submit(() -> {
                    try (connection) {
                        peer.serve(connection);
                    }
                    return null;
                });
            }
        });
    }

    private void answerAll(Socket peer) throws IOException {
        while (true) {
            requests.add(request(peer));
            write(peer, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok");
        }
    }

    /** Reads one request, whose body is {@code {}}. */
    private static String request(Socket peer) throws IOException {
        StringBuilder request = new StringBuilder();
        InputStream in = peer.getInputStream();
        while (request.indexOf("\r\n\r\n{}") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the caller has gone");
            }
            request.append((char) next);
        }
        return request.toString();
    }

    private static void write(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
