package io.ringstore.client.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.web.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients whose bodies arrive byte by byte; the gateway of these tests gives them a second, and admits eight writes. */
@WebTest
class SlowUploadTests {

    private static final int ADMITTED = 8;
    private static final int MORE_THAN_ARE_ADMITTED = 40;

    @Autowired
    private RawHttp http;

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    private final List<Socket> uploads = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket upload : uploads) {
            upload.close();
        }
    }

    private Socket begin(String head) throws IOException {
        Socket upload = new Socket(InetAddress.getLoopbackAddress(), port);
        upload.setSoTimeout(20_000);
        uploads.add(upload);
        send(upload, head + "\r\nHost: localhost\r\n\r\n");
        return upload;
    }

    private static void send(Socket upload, String text) throws IOException {
        upload.getOutputStream().write(text.getBytes(ISO_8859_1));
        upload.getOutputStream().flush();
    }

    @Test
    void othersAreServedMeanwhileAndTheyAreTooOnceTheirBodiesAreThere() throws IOException {
        for (int i = 0; i < MORE_THAN_ARE_ADMITTED; i++) {
            send(begin("PUT /v1/kv/slow-" + i + " HTTP/1.1\r\nConnection: close\r\nContent-Length: 3"), "a");
        }

        for (int i = 0; i < 20; i++) {
            assertThat(http.put("/v1/kv/fast", new byte[] {1}).status()).isIn(200, 201);
            assertThat(http.request("GET", "/v1/kv/fast").status()).isEqualTo(200);
            send(uploads.get(i), "b");
        }
        for (Socket upload : uploads.subList(0, 3)) {
            send(upload, "c");
            assertThat(answer(upload)).startsWith("HTTP/1.1 201").contains("\"status\":\"COMMITTED\"");
        }
    }

    @Test
    void aBodyThatNeverEndsIsGivenUpAndItsConnectionClosed() throws IOException {
        Socket upload = begin("PUT /v1/kv/never HTTP/1.1\r\nContent-Length: 200000");
        Socket chunked = begin("POST /v1/txn HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked");

        assertGivenUp(upload, "x");
        assertGivenUp(chunked, "1\r\n \r\n");
        Answer read = http.request("GET", "/v1/kv/never");
        assertThat(read.status()).isEqualTo(404);
    }

    @Test
    void aBodyThatStaysAwayIsGivenUpToo() throws IOException {
        Socket upload = begin("PUT /v1/kv/silent HTTP/1.1\r\nContent-Length: 3");
        send(upload, "a");

        assertThat(answer(upload)).startsWith("HTTP/1.1 408").contains("\"outcome\":\"not-applied\"", "body-too-slow");
    }

    @Test
    void whenNoMoreIsLetInItIsRefusedBeforeItsBodyIsThere() throws IOException {
        CompletableFuture<Boolean> decided = new CompletableFuture<>();
        cluster.syncs.forEach(sync -> sync.does(writes -> {
            decided.join();
            return cluster.store.commit(writes);
        }));
        for (int i = 0; i < ADMITTED; i++) {
            String head =
                    "PUT /v1/kv/let-in-" + i + " HTTP/1.1\r\nConnection: close\r\nPrefer: wait=20\r\nContent-Length: 1";
            send(begin(head), "a");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> meters.get("ringstore.gateway.waiting").gauge().value() == ADMITTED);

        for (String head : List.of(
                "PUT /v1/kv/one-more HTTP/1.1",
                "POST /v1/writes HTTP/1.1\r\nContent-Type: application/json",
                "POST /v1/txn HTTP/1.1\r\nContent-Type: application/json")) {
            Socket refused = begin(head + "\r\nContent-Length: 100");
            byte[] line = refused.getInputStream().readNBytes("HTTP/1.1 429".length());
            assertThat(new String(line, ISO_8859_1)).isEqualTo("HTTP/1.1 429");
        }
        decided.complete(true);
        for (Socket letIn : uploads.subList(0, ADMITTED)) {
            assertThat(answer(letIn)).startsWith("HTTP/1.1 201");
        }
    }

    /** Goes on sending, answer or not, for as long as the connection is there. */
    private static void assertGivenUp(Socket upload, String more) throws IOException {
        StringBuilder answer = new StringBuilder();
        Awaitility.await("the connection is closed")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    int available = upload.getInputStream().available();
                    answer.append(new String(upload.getInputStream().readNBytes(available), ISO_8859_1));
                    try {
                        send(upload, more);
                        return false;
                    } catch (IOException closed) {
                        return true;
                    }
                });
        assertThat(answer)
                .startsWith("HTTP/1.1 408")
                .contains("\"outcome\":\"not-applied\"", "body-too-slow", "\"retryable\":true", "Connection: close");
    }

    /** All that comes until the connection is closed. */
    private static String answer(Socket upload) throws IOException {
        return new String(upload.getInputStream().readAllBytes(), ISO_8859_1);
    }
}
