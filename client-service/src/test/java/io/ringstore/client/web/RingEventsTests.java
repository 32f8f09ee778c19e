package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.MomentMessage;
import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.fake.FakeSync;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** Who listens to the ring is told what happens at each sync node that can be asked. */
@WebTest
@TestPropertySource(properties = {"ringstore.watch.heartbeat=300ms", "ringstore.watch.max-listeners=3"})
class RingEventsTests {

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private RawHttp http;

    @Value("${local.server.port}")
    private int port;

    /** Returns once every node was asked where it is. */
    private Stream listen() {
        List<Integer> before =
                cluster.syncs.stream().map(FakeSync::momentsAsked).toList();
        Stream stream = new Stream(port, "/v1/ring/events");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            List<Integer> now =
                    cluster.syncs.stream().map(FakeSync::momentsAsked).toList();
            for (int i = 0; i < now.size(); i++) {
                if (now.get(i) < before.get(i) + 2) {
                    return false;
                }
            }
            return true;
        });
        return stream;
    }

    private static MomentMessage passed(String node, long hop) {
        return new MomentMessage(1_764_000_000_123L, node, "passed", 7L, hop, "sync-3", null, null, null);
    }

    @Test
    void whatHappensIsToldAndWhatDoesNotBelongToItIsLeftOut() {
        try (Stream stream = listen()) {
            assertThat(stream.response().headers().firstValue("content-type")).hasValue("text/event-stream");
            cluster.syncs.get(2).happens(passed("sync-2", 2));
            cluster.syncs
                    .get(2)
                    .happens(new MomentMessage(
                            1_764_000_000_124L, "sync-2", "written", 7L, 2L, null, 3, "store-1", null));

            assertThat(stream.next("passed").data())
                    .isEqualTo("{\"at\":\"2025-11-24T16:00:00.123Z\",\"node\":\"sync-2\",\"event\":\"passed\","
                            + "\"epoch\":7,\"hop\":2,\"to\":\"sync-3\"}");
            assertThat(stream.next("written").data())
                    .isEqualTo("{\"at\":\"2025-11-24T16:00:00.124Z\",\"node\":\"sync-2\",\"event\":\"written\","
                            + "\"epoch\":7,\"hop\":2,\"size\":3,\"store\":\"store-1\"}");
        }
    }

    @Test
    void aNodeThatCannotBeAskedHidesNothingOfTheOthers() {
        cluster.syncs.get(0).mute(true);
        try (Stream stream = listen()) {
            cluster.syncs.get(4).happens(passed("sync-4", 9));

            assertThat(stream.next("passed").data()).contains("\"node\":\"sync-4\"");
        } finally {
            cluster.syncs.get(0).mute(false);
        }
    }

    @Test
    void aNodeThatWasStartedAnewIsHeardAgain() {
        FakeSync node = cluster.syncs.get(1);
        node.happens(passed("sync-1", 1));
        try (Stream stream = listen()) {
            node.restarted();
            node.happens(passed("sync-1", 77));

            assertThat(stream.next("passed").data()).contains("\"hop\":77");
        }
    }

    @Test
    void silenceIsFilledWithHeartbeats() {
        try (Stream stream = listen()) {
            assertThat(stream.next().comment()).isEqualTo("heartbeat");
            assertThat(stream.next().comment()).isEqualTo("heartbeat");
        }
    }

    @Test
    void oneTooManyIs429AndNobodyIsAskedOnceNobodyListens() {
        List<Stream> streams = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            streams.add(new Stream(port, "/v1/ring/events"));
            return streams.getLast().response().statusCode() == 429;
        });
        assertProblem(http.request("GET", "/v1/ring/events"), 429, "too-many-watchers");
        streams.forEach(Stream::close);

        Quiet.await(
                () -> cluster.syncs.stream().mapToInt(FakeSync::momentsAsked).sum());
    }
}
