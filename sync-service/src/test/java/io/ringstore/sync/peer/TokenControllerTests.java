package io.ringstore.sync.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.sync.EdgeTest;
import io.ringstore.sync.FakeInbox;
import io.ringstore.sync.Http;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What peers are answered (ring-protocol.md §4.1 to §4.5). */
@EdgeTest
class TokenControllerTests {

    private static final String TOKEN =
            "{\"cluster\":\"ringstore\",\"cfg\":1,\"from\":\"sync-0\",\"epoch\":7,\"hop\":4,\"vec\":[5,null,null],\"hlc\":9}";

    @LocalServerPort
    private int port;

    @Autowired
    private FakeInbox inbox;

    private Http http;

    @BeforeEach
    void connect() {
        http = new Http(port, EdgeTest.SECRET);
        inbox.reset();
    }

    @Test
    void aTokenThatIsTakenIs200WithWhatWasSeen() {
        inbox.replies(new PeerReply.Taken(new Fence(7, 4)));

        HttpResponse<String> answer = http.post("/ring/token", TOKEN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"seen\":{\"epoch\":7,\"hop\":4}");
        assertThat(inbox.events).singleElement().isInstanceOfSatisfying(RingEvent.TokenArrived.class, arrived -> {
            assertThat(arrived.from()).isEqualTo(new NodeId("sync-0"));
            assertThat(arrived.token().fence()).isEqualTo(new Fence(7, 4));
            assertThat(arrived.token().slots().toVector()).containsExactly(5L, null, null);
        });
    }

    @Test
    void aStaleOneIs409WithWhatWasSeen() {
        inbox.replies(new PeerReply.Stale(new Fence(8, 1)));
        HttpResponse<String> answer = http.post("/ring/token", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"STALE\"", "\"seen\":{\"epoch\":8,\"hop\":1}");
    }

    @Test
    void oneOfAnotherConfigurationIs409WithOurs() {
        inbox.replies(new PeerReply.OtherConfig(3));
        HttpResponse<String> answer = http.post("/ring/token", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"CFG\"", "\"cfg\":3");
    }

    @Test
    void oneForAnotherNodeIs421() {
        inbox.replies(new PeerReply.NotYours());
        assertThat(http.post("/ring/token", TOKEN).statusCode()).isEqualTo(421);
    }

    @Test
    void oneThatComesWhileJoiningOrLeavingIs503() {
        inbox.replies(new PeerReply.NotReady());
        assertThat(http.post("/ring/token", TOKEN).statusCode()).isEqualTo(503);
    }

    @Test
    void aStuckLoopAndAFullInboxAre503() {
        inbox.replies(null);
        assertThat(http.post("/ring/token", TOKEN).statusCode()).isEqualTo(503);
        inbox.isFull(true);
        assertThat(http.post("/ring/token", TOKEN).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"cluster\":\"ringstore\",\"cfg\":1,\"from\":\"sync-0\",\"epoch\":-7,\"hop\":4,\"vec\":[null,null,null],\"hlc\":9}",
                "{\"cluster\":\"ringstore\",\"cfg\":1,\"from\":\"sync-0\",\"epoch\":7,\"hop\":-1,\"vec\":[null,null,null],\"hlc\":9}",
                "{\"cluster\":\"ringstore\",\"cfg\":1,\"from\":\"sync-0\",\"epoch\":7,\"hop\":4,\"vec\":[-1,null,null],\"hlc\":9}",
                "{\"cluster\":\"ringstore\",\"cfg\":1,\"from\":\"sync-0\",\"epoch\":7,\"hop\":4,\"vec\":[null,null,null],\"hlc\":-9}",
                "{\"cluster\":\"ringstore\",\"cfg\":1,\"from\":\"sync-1\",\"epoch\":7,\"hop\":4,\"vec\":[null,null,null],\"hlc\":9}",
                "{\"cluster\":\"ringstore\",\"cfg\":1,\"from\":\"mallory\",\"epoch\":7,\"hop\":4,\"vec\":[null,null,null],\"hlc\":9}"
            })
    void whatCannotBeATokenIs400AndDoesNotReachTheLoop(String body) {
        assertThat(http.post("/ring/token", body).statusCode()).isEqualTo(400);
        assertThat(inbox.events).isEmpty();
    }

    @Test
    void aWrongSecretIs401AndDoesNotReachTheLoop() {
        Http stranger = new Http(port, "a-guess-at-the-secret");
        assertThat(stranger.post("/ring/token", TOKEN).statusCode()).isEqualTo(401);
        assertThat(stranger.post("/ring/copy", "{}").statusCode()).isEqualTo(401);
        assertThat(stranger.post("/ring/wake", "{}").statusCode()).isEqualTo(401);
        assertThat(stranger.post("/ring/bye", "{}").statusCode()).isEqualTo(401);
        assertThat(stranger.post("/sync/writes", "[]").statusCode()).isEqualTo(401);
        assertThat(stranger.get("/sync/state").statusCode()).isEqualTo(401);
        assertThat(stranger.post("/%72ing/token", TOKEN).statusCode()).isEqualTo(401);
        assertThat(stranger.post("/ring;a=b/token", TOKEN).statusCode()).isEqualTo(401);
        assertThat(inbox.events).isEmpty();
    }

    @Test
    void aBodyBeyond2MiBIsRefusedWhetherItSaysSoOrNot() {
        String large = "\"" + "x".repeat((2 << 20) + 1) + "\"";
        assertThat(http.post("/ring/token", large).statusCode()).isEqualTo(413);
        var unsaid = BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(large.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertThat(http.post("/ring/token", unsaid).statusCode()).isEqualTo(400);
        assertThat(inbox.events).isEmpty();
    }

    @Test
    void aCopySaysWhereTheTokenItselfWent() {
        inbox.replies(new PeerReply.Taken(new Fence(7, 4)));
        assertThat(http.post("/ring/copy", "{\"token\":" + TOKEN + ",\"to\":\"sync-2\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(inbox.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        RingEvent.CopyArrived.class,
                        copy -> assertThat(copy.sentTo()).isEqualTo(new NodeId("sync-2")));
        assertThat(http.post("/ring/copy", "{\"token\":" + TOKEN + "}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aWakeIsAnsweredWithHowThisNodeIs() {
        String wake = "{\"cluster\":\"ringstore\",\"from\":\"sync-2\",\"cfg\":1,\"oldest\":5,\"incarnation\":\"i\"}";
        HttpResponse<String> answer = http.post("/ring/wake", wake);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"phase\":\"IDLE\"", "\"seen\":{\"epoch\":7,\"hop\":3}");
        assertThat(http.post("/ring/wake", wake.replace("ringstore", "other")).statusCode())
                .isEqualTo(400);
        assertThat(http.post("/ring/wake", wake.replace("sync-2", "mallory")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aByeIsTakenFromPeersOnly() {
        assertThat(http.post("/ring/bye", "{\"cluster\":\"ringstore\",\"from\":\"sync-2\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(http.post("/ring/bye", "{\"cluster\":\"ringstore\",\"from\":\"sync-1\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(inbox.events).containsExactly(new RingEvent.ByeArrived(new NodeId("sync-2")));
    }

    @Test
    void healthIsTheLoopsOwnAndAStuckLoopIs503() {
        assertThat(http.get("/actuator/health/ring").statusCode()).isEqualTo(200);
        assertThat(http.get("/actuator/health/ring").body()).contains("\"incarnation\":\"incarnation\"");
        inbox.replies(null);
        assertThat(http.get("/actuator/health/ring").statusCode()).isEqualTo(503);
        inbox.isFull(true);
        assertThat(http.get("/actuator/health/ring").statusCode()).isEqualTo(503);
    }

    /** Who restarts nodes by their liveness must not restart one for what others do, or do not do. */
    @Test
    void livenessHasNothingToDoWithTheRing() {
        inbox.replies(null);
        assertThat(http.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(http.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }
}
