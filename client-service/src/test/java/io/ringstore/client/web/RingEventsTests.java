package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.MomentMessage;
import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.fake.FakeSync;
import io.ringstore.client.fake.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who listens to the ring is told what happens at each sync node that can be asked. */
@WebTest
@TestPropertySource(properties = {"ringstore.watch.heartbeat=300ms", "ringstore.watch.max-listeners=3"})
class RingEventsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

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
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
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
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            streams.add(new Stream(port, "/v1/ring/events"));
            return streams.getLast().response().statusCode() == 429;
        });
        assertProblem(http.request("GET", "/v1/ring/events"), 429, "too-many-watchers");
        streams.forEach(Stream::close);

        Quiet.await(
                () -> cluster.syncs.stream().mapToInt(FakeSync::momentsAsked).sum());
    }

    @Test
    void whoWantsTheStateIsToldHowEverybodyIsAndOthersAreNot() {
        cluster.syncs.get(3).health(() -> {
            throw Results.refusedConnection();
        });
        try (Stream plain = listen();
                Stream stream = new Stream(port, "/v1/ring/events?state=true")) {
            JsonNode state = JSON.readTree(stream.next("state").data());

            assertThat(state.at("/ring/nodes/2/phase").asString()).isEqualTo("IDLE");
            assertThat(state.at("/ring/nodes/3/status").asString()).isEqualTo("DOWN");
            assertThat(state.at("/store")).hasSize(3);
            assertThat(state.at("/pending/count").asInt()).isZero();
            stream.next("state");
            cluster.syncs.get(2).happens(passed("sync-2", 2));
            assertThat(plain.next().comment()).isEqualTo("heartbeat");
            assertThat(plain.next().name()).isNotEqualTo("state");
        } finally {
            cluster.syncs.get(3).restarted();
        }
    }

    @Test
    void aNodeThatKeepsItsAnswerBackHoldsUpNoSample() {
        CountDownLatch free = new CountDownLatch(1);
        FakeSync slow = cluster.syncs.get(1);
        try (Stream stream = new Stream(port, "/v1/ring/events?state=true")) {
            stream.next("state");
            slow.health(() -> {
                awaitQuietly(free);
                throw Results.refusedConnection();
            });
            for (int sample = 0; sample < 5; sample++) {
                assertThat(stream.next("state").data()).contains("\"id\":\"sync-1\",\"index\":1,\"status\":\"UP\"");
            }
            free.countDown();
            Awaitility.await().until(() -> stream.next("state").data().contains("\"index\":1,\"status\":\"DOWN\""));
        } finally {
            free.countDown();
            slow.restarted();
        }
    }

    @Test
    void aNodeThatIsSilentFromTheBeginningHoldsUpNoSampleEither() {
        CountDownLatch free = new CountDownLatch(1);
        FakeSync slow = cluster.syncs.get(1);
        slow.health(() -> {
            awaitQuietly(free);
            throw Results.refusedConnection();
        });
        try (Stream stream = new Stream(port, "/v1/ring/events?state=true")) {
            Awaitility.await().until(() -> {
                String state = stream.next("state").data();
                return state.contains("\"index\":1,\"status\":\"SUSPECTED\"")
                        && state.contains("\"index\":2,\"status\":\"UP\"");
            });
        } finally {
            free.countDown();
            slow.restarted();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWriteThatWaitsIsShownWithTheNodeItIsAt() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        cluster.syncs.forEach(sync -> sync.does(writes -> {
            awaitQuietly(free);
            return cluster.store.commit(writes);
        }));
        try (Stream stream = new Stream(port, "/v1/ring/events?state=true")) {
            Thread writer = Thread.ofVirtual()
                    .start(() ->
                            http.request("PUT", "/v1/kv/waits", "Idempotency-Key: waits-here", "Content-Length: 0"));
            Awaitility.await().until(() -> {
                JsonNode pending = JSON.readTree(stream.next("state").data()).get("pending");
                return pending.get("count").asInt() == 1
                        && pending.at("/oldest/0/requestId").asString().equals("waits-here")
                        && pending.at("/oldest/0/node").asString().startsWith("sync-");
            });
            free.countDown();
            writer.join();
            Awaitility.await()
                    .until(() -> JSON.readTree(stream.next("state").data())
                                    .at("/pending/count")
                                    .asInt()
                            == 0);
        } finally {
            free.countDown();
        }
    }

    @Test
    void nobodyIsAskedHowItIsOnceNobodyListens() {
        try (Stream stream = new Stream(port, "/v1/ring/events?state=true")) {
            stream.next("state");
        }
        Quiet.await(() -> cluster.syncs.stream().mapToInt(FakeSync::stateAsked).sum());
    }
}
