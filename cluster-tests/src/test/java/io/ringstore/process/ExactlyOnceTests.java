package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.history.HistoryChecker;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One idempotency key, one effect, one receipt: whoever is asked, whatever has died since, and whoever else asks. */
@OnProcesses
class ExactlyOnceTests {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private static int tests;

    private final LocalCluster cluster;
    private final String name = "once-" + ++tests;
    private URI second = URI.create("unknown");

    ExactlyOnceTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void addGateway() throws Exception {
        second = cluster.addGateway();
    }

    @AfterEach
    void judge() throws Exception {
        assertThat(HistoryChecker.check(cluster.history())).isEmpty();
    }

    @AfterAll
    static void takeGatewayAway(LocalCluster cluster) throws Exception {
        cluster.takeGatewayAway();
    }

    /**
     * A write that is asked for again and again.
     *
     * @param puts values by key, which stand in the log if it is applied
     */
    private record Asked(String id, HttpRequest.Builder request, Map<String, String> puts) {

        HttpRequest at(URI gateway) {
            HttpRequest any = request.build();
            return HttpRequest.newBuilder(any, (_, _) -> true)
                    .uri(gateway.resolve(any.uri().getRawPath()))
                    .build();
        }
    }

    private Asked put(String key) {
        String value = name + "-" + key;
        return new Asked(
                value,
                request(value, "/v1/kv/" + name + "/" + key).PUT(BodyPublishers.ofString(value)),
                Map.of(name + "/" + key, value));
    }

    private Asked create(String key) {
        Asked put = put(key);
        return new Asked(put.id(), put.request().header("If-None-Match", "*"), put.puts());
    }

    /** Puts two keys and reads one that others overwrite, if the first does not exist. */
    private Asked transaction(String key, String read) {
        String id = name + "-" + key;
        String body = """
                {"compare":[{"key":"%1$s","target":"exists","result":"equal","exists":false}],
                 "then":[{"op":"put","key":"%1$s","value":"%2$s.1"},{"op":"put","key":"%1$s+","value":"%2$s.2"},{"op":"get","key":"%3$s"}],
                 "else":[{"op":"get","key":"%3$s"},{"op":"get","key":"nothing"}]}""".formatted(name + "/" + key, id, name + "/" + read);
        return new Asked(
                id,
                request(id, "/v1/txn")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)),
                Map.of(name + "/" + key, id + ".1", name + "/" + key + "+", id + ".2"));
    }

    private HttpRequest.Builder request(String id, String path) {
        return HttpRequest.newBuilder(cluster.gateway().resolve(path))
                .timeout(Duration.ofSeconds(40))
                .header("Prefer", "wait=30")
                .header("Idempotency-Key", id);
    }

    private static HttpResponse<String> send(Asked asked, URI gateway) throws Exception {
        return HTTP.send(asked.at(gateway), BodyHandlers.ofString());
    }

    /** Asks for the first time. */
    private HttpResponse<String> begin(Asked asked) throws Exception {
        long invokedAt = System.nanoTime();
        HttpResponse<String> answer = send(asked, cluster.gateway());
        remember(asked, invokedAt, answer);
        return answer;
    }

    private void remember(Asked asked, long invokedAt, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        boolean applied = !answer.body().contains("\"succeeded\":false");
        End end = applied
                ? new End.Acknowledged(Long.parseLong(
                        answer.headers().firstValue("Ringstore-Revision").orElseThrow()))
                : new End.Refused();
        long completedAt = System.nanoTime();
        asked.puts()
                .forEach((key, value) ->
                        cluster.remember(List.of(new WriteSeen(asked.id(), key, value, invokedAt, completedAt, end))));
    }

    /** One of each kind, what they read being overwritten at once, and their first answers. */
    private final class Writes {
        private final List<Asked> asked = new ArrayList<>();
        private final List<HttpResponse<String>> answers = new ArrayList<>();

        Writes() throws Exception {
            begin(put("read"));
            Asked transaction = transaction("txn", "read");
            Asked fails = new Asked(
                    name + "-fails",
                    request(name + "-fails", "/v1/txn")
                            .header("Content-Type", "application/json")
                            .POST(transaction.request().build().bodyPublisher().orElseThrow()),
                    Map.of());
            for (Asked write : List.of(put("put"), create("create"), transaction, fails)) {
                asked.add(write);
                answers.add(begin(write));
            }
            String over = name + "-over";
            begin(new Asked(
                    over,
                    request(over, "/v1/kv/" + name + "/read").PUT(BodyPublishers.ofString(over)),
                    Map.of(name + "/read", over)));
        }

        void haveTheSameAnswersAt(URI gateway) throws Exception {
            for (int i = 0; i < asked.size(); i++) {
                HttpResponse<String> again = send(asked.get(i), gateway);
                assertThat(again.body()).isEqualTo(answers.get(i).body());
                assertThat(again.statusCode()).isEqualTo(answers.get(i).statusCode());
                assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
            }
        }

        String syncOf(int write) {
            return answers.get(write).headers().firstValue("Ringstore-Sync").orElseThrow();
        }
    }

    @Test
    void theSameReceiptComesFromEveryGatewayAndSyncNode() throws Exception {
        Writes writes = new Writes();

        assertThat(writes.answers.get(2).body()).contains("\"succeeded\":true", name + "-read\"");
        assertThat(writes.answers.get(3).body()).contains("\"succeeded\":false", name + "-read\"");
        // Gateways go round-robin: each write comes to each sync node.
        for (int i = 0; i < LocalCluster.SYNCS; i++) {
            writes.haveTheSameAnswersAt(cluster.gateway());
            writes.haveTheSameAnswersAt(second);
            send(put("put"), cluster.gateway());
            send(put("put"), second);
        }
    }

    @Test
    void twoGatewaysAtOnceWriteOnceAndGiveTheSameReceipt() throws Exception {
        for (int round = 0; round < 20; round++) {
            Asked write = round % 2 == 0 ? put("both-" + round) : transaction("both-" + round, "nothing");
            long invokedAt = System.nanoTime();
            List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
            for (URI gateway : List.of(cluster.gateway(), second, cluster.gateway(), second)) {
                calls.add(HTTP.sendAsync(write.at(gateway), BodyHandlers.ofString()));
            }
            Set<String> receipts = new HashSet<>();
            int first = 0;
            for (CompletableFuture<HttpResponse<String>> call : calls) {
                HttpResponse<String> answer = call.get();
                if (answer.statusCode() == 409) { // another call of the same gateway has it in hand
                    assertThat(answer.body()).contains("\"outcome\":\"not-applied\"", "\"retryable\":true");
                    continue;
                }
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
                receipts.add(answer.body());
                if (answer.headers().firstValue("Idempotency-Replayed").isEmpty()) {
                    first++;
                    remember(write, invokedAt, answer);
                }
            }
            assertThat(receipts).hasSize(1);
            assertThat(first).isEqualTo(1);
            assertThat(send(write, second).body()).isEqualTo(receipts.iterator().next());
        }
    }

    @Test
    void theSameReceiptComesAfterNodesOfEachKindDiedAndAfterARestartOfAll() throws Exception {
        Writes writes = new Writes();
        String primary = cluster.primary();
        cluster.killAtOnce(primary);
        cluster.killAtOnce(writes.syncOf(2));
        cluster.killAtOnce("client-0");

        writes.haveTheSameAnswersAt(second);

        cluster.down();
        cluster.up();
        writes.haveTheSameAnswersAt(cluster.gateway());
        writes.haveTheSameAnswersAt(second);
    }

    @Test
    void anythingElseUnderTheKeyIsRefusedAndNothingChanges() throws Exception {
        Writes writes = new Writes();
        for (Asked first : writes.asked) {
            for (Asked other : List.of(put("other"), create("other"), transaction("other", "read"))) {
                HttpResponse<String> answer = send(
                        new Asked(first.id(), other.request().setHeader("Idempotency-Key", first.id()), Map.of()),
                        second);
                assertThat(answer.statusCode()).isEqualTo(422);
                assertThat(answer.body()).contains("idempotency-key-reused", "\"outcome\":\"not-applied\"");
            }
        }
        assertThat(cluster.view("/v1/kv?prefix=" + name + "/other").get("items"))
                .isEmpty();
    }

    @Test
    void everyWriteThatFailsSaysWhatBecameOfIt() throws Exception {
        String sixMinutesAgo = "%012x".formatted(System.currentTimeMillis() - 360_000);
        String old = sixMinutesAgo.substring(0, 8) + "-" + sixMinutesAgo.substring(8) + "-7000-8000-000000000001";
        HttpRequest.Builder any = request("any", "/v1/kv/" + name).PUT(BodyPublishers.ofString("x"));

        assertFails(410, any.copy().setHeader("Idempotency-Key", old));
        assertFails(410, transaction("old", "read").request().setHeader("Idempotency-Key", old));
        assertFails(412, any.copy().setHeader("Idempotency-Key", name + "-412").header("If-Match", "\"1\""));
        assertFails(404, request(name + "-404", "/v1/kv/" + name).DELETE());
        assertFails(400, any.copy().header("If-Match", "x"));
        assertFails(400, request("any", "/v1/kv/").PUT(BodyPublishers.ofString("x")));
        assertFails(
                400,
                request("any", "/v1/txn")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{")));
        assertFails(405, request("any", "/v1/txn").PUT(BodyPublishers.ofString("{}")));
        assertFails(406, any.copy().header("Accept", "image/png"));
        assertFails(413, any.copy().PUT(BodyPublishers.ofByteArray(new byte[300_000])));
        assertFails(
                415,
                request("any", "/v1/txn").header("Content-Type", "text/html").POST(BodyPublishers.ofString("{}")));
    }

    private void assertFails(int status, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = send(new Asked("", request, Map.of()), cluster.gateway());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"outcome\":\"not-applied\"");
    }
}
