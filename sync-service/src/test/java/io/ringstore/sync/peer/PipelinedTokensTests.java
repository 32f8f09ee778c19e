package io.ringstore.sync.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.sync.EdgeTest;
import io.ringstore.sync.FakeInbox;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Messages are told apart by what they say, not by how they happen to arrive. */
@EdgeTest
class PipelinedTokensTests {

    @LocalServerPort
    private int port;

    @Autowired
    private FakeInbox inbox;

    private final StringBuilder read = new StringBuilder();

    @Test
    @DisplayName("D3: two tokens in one read are two tokens")
    void twoTokensInOneReadAreTwoTokens() throws Exception {
        inbox.reset();
        inbox.replies(new PeerReply.Taken(new Fence(7, 9)));
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((request(4) + request(9)).getBytes(StandardCharsets.US_ASCII));
            Awaitility.await("two answers").until(() -> answersIn(socket) == 2);
        }
        assertThat(inbox.events)
                .extracting(event -> ((RingEvent.TokenArrived) event).token().fence())
                .containsExactly(new Fence(7, 4), new Fence(7, 9));
    }

    private int answersIn(Socket socket) throws IOException {
        byte[] some = new byte[1_000];
        int count = socket.getInputStream().read(some);
        read.append(new String(some, 0, Math.max(0, count), StandardCharsets.US_ASCII));
        return read.toString().split("HTTP/1.1 200", -1).length - 1;
    }

    private static String request(long hop) {
        String token = """
                {"cluster":"ringstore","cfg":1,"from":"sync-0","epoch":7,"hop":%d,"vec":[5,null,null],"hlc":9}""".formatted(hop);
        return "POST /ring/token HTTP/1.1\r\nHost: localhost\r\nRingstore-Secret: " + EdgeTest.SECRET
                + "\r\nContent-Type: application/json\r\nContent-Length: " + token.length() + "\r\n\r\n" + token;
    }
}
