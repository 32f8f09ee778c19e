package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients whose bodies arrive byte by byte; the gateway of these tests gives them two seconds, and admits eight writes. */
@WebTest
class SlowUploadTests {

    private static final int MORE_THAN_ARE_ADMITTED = 40;

    @Autowired
    private RawHttp http;

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
        upload.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
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

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    boolean first = trickle(upload, "x");
                    return trickle(chunked, "1\r\n \r\n") && first;
                });
        for (Socket given : List.of(upload, chunked)) {
            assertThat(answer(given))
                    .startsWith("HTTP/1.1 408")
                    .contains(
                            "\"outcome\":\"not-applied\"", "body-too-slow", "\"retryable\":true", "Connection: close");
        }
        Answer read = http.request("GET", "/v1/kv/never");
        assertThat(read.status()).isEqualTo(404);
    }

    /** Sends a little more, unless there is an answer already. */
    private static boolean trickle(Socket upload, String more) throws IOException {
        boolean answered = upload.getInputStream().available() > 0;
        if (!answered) {
            send(upload, more);
        }
        return answered;
    }

    /** All that comes until the connection is closed. */
    private static String answer(Socket upload) throws IOException {
        return new String(upload.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
