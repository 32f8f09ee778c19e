package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.fake.Results;
import io.ringstore.client.web.Stream.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** A watcher gets every record of its prefix in order and once, wherever it starts and however slow it is. */
@WebTest
@TestPropertySource(
        properties = {
            "ringstore.watch.heartbeat=300ms",
            "ringstore.watch.backlog-records=16",
            "ringstore.watch.catch-ups=1",
            "ringstore.watch.max-watchers=8",
            "ringstore.watch.max-polls=1"
        })
class WatchTests {

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private RawHttp http;

    @Value("${local.server.port}")
    private int port;

    private long put(String key, String value) {
        return Long.parseLong(http.put("/v1/kv/" + key, value.getBytes(StandardCharsets.UTF_8))
                .header("ringstore-revision"));
    }

    private Stream watch(String query, String... headers) {
        return new Stream(port, "/v1/watch?" + query, headers);
    }

    @Test
    void itIsToldWhereItStartsAndThenOfEachPutAndDeleteAsTheLogHasThem() {
        long before = put("watched/k", "zero");
        try (Stream stream = watch("prefix=watched/")) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            assertThat(stream.response().headers().firstValue("content-type")).hasValue("text/event-stream");
            assertThat(stream.next())
                    .isEqualTo(new Event("" + before, "progress", "{\"revision\":" + before + "}", ""));

            long put = put("watched/k", "one");
            put("elsewhere/k", "x");
            http.request("DELETE", "/v1/kv/watched/k");

            List<Event> seen = stream.records(2);
            assertThat(seen).extracting(Event::name).containsExactly("put", "delete");
            assertThat(seen).extracting(Event::id).containsExactly("" + put, "" + (put + 2));
            String log = http.request("GET", "/v1/log?limit=1&from=" + put).text();
            assertThat(log).contains(seen.getFirst().data());
            assertThat(seen.getFirst().data()).contains("\"value\":\"one\"", "\"key\":\"watched/k\"");
        }
    }

    @Test
    void itGetsWhatIsOlderThanTheBacklogFromTheLogAndThenGoesOnWithoutGapOrDouble() {
        long first = put("old/0", "v");
        for (int i = 1; i < 450; i++) {
            put(i % 3 == 0 ? "older/" + i : "old/" + i, "v");
        }
        try (Stream other = watch("prefix=")) {
            other.next("progress");
            try (Stream stream = watch("prefix=old&from=" + first)) {
                List<Event> seen = new ArrayList<>(stream.records(300));
                for (int i = 450; i < 500; i++) {
                    put("old/" + i, "v");
                }
                seen.addAll(stream.records(200));
                assertThat(seen)
                        .extracting(event -> Long.valueOf(event.id()))
                        .containsExactlyElementsOf(
                                LongStream.range(first, first + 500).boxed().toList());
            }
        }
    }

    @Test
    void itResumesAfterTheLastEventWhateverFromSays() {
        long first = put("resumed/k", "one");
        long second = put("resumed/k", "two");
        try (Stream stream = watch("prefix=resumed/&from=" + first, "Last-Event-ID", "" + first)) {
            assertThat(stream.next().id()).isEqualTo("" + first);
            assertThat(stream.records(1).getFirst().id()).isEqualTo("" + second);
        }
    }

    @Test
    void itMayResumeFromAProgressThatCoversWhatItDidNotWant() {
        try (Stream stream = watch("prefix=never/")) {
            stream.next("progress");
            long last = put("other/k", "x");
            assertThat(stream.next("progress").id()).isEqualTo("" + last);
            cluster.store.compactTo(last);
            try (Stream resumed = watch("prefix=never/", "Last-Event-ID", "" + last)) {
                assertThat(resumed.response().statusCode()).isEqualTo(200);
                assertThat(resumed.next().name()).isEqualTo("progress");
            }
        }
    }

    @Test
    void silenceIsFilledWithHeartbeats() {
        try (Stream stream = watch("prefix=never/")) {
            stream.next("progress");
            assertThat(stream.next().comment()).isEqualTo("heartbeat");
            assertThat(stream.next().comment()).isEqualTo("heartbeat");
        }
    }

    @Test
    void itHoldsOutWhileNoStoreNodeAnswers() {
        try (Stream stream = watch("prefix=outage/")) {
            stream.next("progress");
            cluster.store.failsWith(Results.refusedConnection());
            int asked = cluster.store.awaited();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> cluster.store.awaited() > asked + 3);
            cluster.store.failsWith(null);
            long put = put("outage/k", "x");
            assertThat(stream.records(1).getFirst().id()).isEqualTo("" + put);
        }
    }

    @Test
    void aWatcherThatDoesNotReadHoldsUpNobodyAndStillMissesNothing() throws IOException {
        try (Socket lazy = new Socket();
                Stream other = watch("prefix=large/")) {
            lazy.setReceiveBufferSize(4_096);
            lazy.connect(new InetSocketAddress("localhost", port));
            lazy.setSoTimeout(20_000);
            String head = "GET /v1/watch?prefix=large/ HTTP/1.0\r\nHost: localhost\r\n\r\n";
            lazy.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(lazy.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.lines().anyMatch("event: progress"::equals)).isTrue();

            String value = "x".repeat(128 << 10);
            List<String> revisions = IntStream.range(0, 100)
                    .mapToObj(_ -> "" + put("large/k", value))
                    .toList();
            assertThat(other.records(100)).extracting(Event::id).containsExactlyElementsOf(revisions);

            assertThat(lines.lines()
                            .filter(line -> line.startsWith("id: "))
                            .map(line -> line.substring(4))
                            .filter(revisions::contains)
                            .limit(100))
                    .containsExactlyElementsOf(revisions);
        }
    }

    @Test
    void whatWasLetGoIs410() {
        long first = put("gone/k", "one");
        long second = put("gone/k", "two");
        cluster.store.compactTo(second);

        assertProblem(
                http.request("GET", "/v1/watch?from=" + first), 410, "compacted", "\"compactedRevision\":" + second);
        assertProblem(
                http.request("GET", "/v1/watch", "Accept: text/event-stream", "Last-Event-ID: " + first),
                410,
                "compacted");
    }

    @Test
    void aRevisionThatTheLogDoesNotHaveIs503() {
        long last = put("ahead/k", "one");

        assertProblem(http.request("GET", "/v1/watch?from=" + (last + 2)), 503, "revision-ahead");
        try (Stream next = watch("prefix=ahead&from=" + (last + 1))) {
            assertThat(next.response().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void onlyAGetOpensAStream() {
        assertThat(http.request("HEAD", "/v1/watch").status()).isEqualTo(200);
        assertThat(http.request("HEAD", "/v1/ring/events").header("content-type"))
                .isEqualTo("text/event-stream");
        assertProblem(http.request("GET", "/v1/watch", "Accept: application/json"), 406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=0", "from=-1", "from=x", "prefix=%00", "prefix=%ff", "from=99999999999999999999"})
    void whatMakesNoSenseIs400(String query) {
        assertProblem(http.request("GET", "/v1/watch?" + query), 400);
    }

    @ParameterizedTest
    @CsvSource({"x", "-1", "1.5", "9999999999999999999"})
    void aLastEventIdThatIsNoRevisionIs400(String id) {
        assertProblem(http.request("GET", "/v1/watch", "Last-Event-ID: " + id), 400, "Last-Event-ID");
    }

    @Test
    void oneTooManyIs429AndThereIsRoomAgainWhenOneHasGone() {
        List<Stream> streams = new ArrayList<>();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                Stream stream = watch("prefix=many/");
                streams.add(stream);
                return stream.response().statusCode() == 429;
            });
            RawHttp.Answer refused = http.request("GET", "/v1/watch");
            assertProblem(refused, 429, "too-many-watchers");
            assertThat(refused.header("retry-after")).isNotEmpty();
        } finally {
            streams.forEach(Stream::close);
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (Stream stream = watch("prefix=many/")) {
                return stream.response().statusCode() == 200;
            }
        });
    }

    @Test
    void nobodyAsksTheStoreOnceNobodyWatches() {
        try (Stream stream = watch("prefix=quiet/")) {
            stream.next("progress");
        }
        Quiet.await(cluster.store::awaited);
    }
}
