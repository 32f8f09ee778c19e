package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.api.ClaimAnswer;
import io.ringstore.api.ClaimMessage;
import io.ringstore.api.StoreStatus;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Entry;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Write;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Batches and claims that make no sense, from somebody who knows the secret: refused, counted, and without effect. */
class HostileInputTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CLAIM =
            "{\"cfg\":1,\"nodes\":[\"sync-0\"],\"node\":\"sync-0\",\"claimId\":\"c\",\"expectEpoch\":0,\"expectHop\":null}";

    private static final String RECONFIGURE = "{\"expectCfg\":77,\"nodes\":[\"sync-7\"]}";
    private static final Logger LOG = LoggerFactory.getLogger(HostileInputTests.class);
    private static final long SEED = Long.getLong("ringstore.seed", new SplittableRandom().nextLong());
    private static final int REQUESTS = Integer.getInteger("ringstore.requests", 3_000);

    @TempDir
    private static Path disks;

    private static StoreCluster cluster;
    private static RingOfOne ring;
    private static int primary;

    @BeforeAll
    static void found() throws IOException {
        cluster = new StoreCluster(disks);
        cluster.startAll();
        ring = RingOfOne.open(cluster);
        primary = cluster.awaitPrimary();
        ring.write(primary, "key", "value");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"cfg\":1,\"nodes\":null,\"node\":\"sync-0\",\"claimId\":\"c\",\"expectEpoch\":1}",
                "{\"cfg\":1,\"nodes\":[null],\"node\":\"sync-0\",\"claimId\":\"c\",\"expectEpoch\":1}",
                "{\"cfg\":1,\"nodes\":[],\"node\":\"sync-0\",\"claimId\":\"c\",\"expectEpoch\":1}",
                "{\"cfg\":1,\"nodes\":[\"sync-0\",\"sync-0\"],\"node\":\"sync-0\",\"claimId\":\"c\",\"expectEpoch\":1}",
                "{\"cfg\":-1,\"nodes\":[\"sync-0\"],\"node\":\"sync-0\",\"claimId\":\"c\",\"expectEpoch\":1}",
                "{\"cfg\":1,\"nodes\":[\"sync-0\"],\"node\":\"\",\"claimId\":\"c\",\"expectEpoch\":1}",
                "{\"cfg\":1,\"nodes\":[\"sync-0\"],\"node\":\"sync-0\",\"claimId\":null,\"expectEpoch\":1}",
                "{\"cfg\":1,\"nodes\":[\"sync-0\"],\"node\":\"sync-0\",\"claimId\":\"c\",\"expectEpoch\":1e400}"
            })
    void whatCannotBeAClaimIs400(String body) throws Exception {
        changesNothing(
                "/store/claim",
                400,
                () -> post("/store/claim", "application/json", body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"expectCfg\":1,\"nodes\":null}", "{\"expectCfg\":1,\"nodes\":[]}"})
    void whatCannotBeARingIs400(String body) throws Exception {
        changesNothing(
                "/store/reconfigure",
                400,
                () -> post("/store/reconfigure", "application/json", body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aClaimWhoseNameIsABookIs400() throws Exception {
        String book = CLAIM.replace("\"c\"", "\"" + "c".repeat(101) + "\"");
        changesNothing(
                "/store/claim",
                400,
                () -> post("/store/claim", "application/json", book.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatCannotBeABatchIs400() throws Exception {
        byte[] good = LedgerCodec.encode(batch(1, 1));
        byte[] longer = java.util.Arrays.copyOf(good, good.length + 1);
        byte[] shorter = java.util.Arrays.copyOf(good, good.length - 1);
        for (byte[] bad : List.of(new byte[] {1}, new byte[100], longer, shorter)) {
            changesNothing("/store/batch", 400, () -> post("/store/batch", "application/octet-stream", bad));
        }
    }

    @Test
    void aBatchBeyondItsBoundIs413() throws Exception {
        changesNothing(
                "/store/batch", 413, () -> post("/store/batch", "application/octet-stream", new byte[(5 << 18) + 1]));
    }

    @Test
    void aForwarderThatIsNoStoreNodeIs400() throws Exception {
        changesNothing(
                "/store/claim",
                400,
                () -> send(request("/store/claim", "application/json")
                        .header("Ringstore-Via", "mallory")
                        .POST(BodyPublishers.ofString(CLAIM))));
    }

    /** The answers of §8.1 and §8.2: these make sense, and are refused by the ledger. */
    @Test
    void aStaleOrMisplacedBatchAndALostClaimGetTheirAnswers() {
        StoreStatus before = status();

        assertThat(cluster.store(primary)
                        .batch(LedgerCodec.encode(batch(1, 0)), null)
                        .results())
                .allMatch(result -> result.status().name().equals("FENCED"));
        assertThat(cluster.store(primary)
                        .batch(LedgerCodec.encode(batch(99, 5)), null)
                        .results())
                .allMatch(result -> result.status().name().equals("UNKNOWN_EPOCH"));
        assertThat(cluster.store(primary)
                        .claim(new ClaimMessage(1, List.of("sync-0"), "sync-0", "late", 0, null), null)
                        .status())
                .isEqualTo(ClaimAnswer.Status.LOST);

        assertThat(status().revision()).isEqualTo(before.revision());
        ring.write(primary, "key", "the ring goes on");
    }

    /** Claims that come too late and batches of a node that is none, each with something in it that should not be. */
    @ParameterizedTest
    @ValueSource(strings = {"/store/claim", "/store/batch", "/store/reconfigure"})
    void thousandsOfDamagedOnesChangeNothing(String path) throws Exception {
        LOG.info("generated requests path={} seed={}", path, SEED);
        StoreStatus before = status();
        double counted = counted(path, 400);
        var damage = new Damage(SEED);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = damage.to(templateOf(path));
            calls.add(() -> post(path, typeOf(path), body).statusCode());
        }
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (var eight = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> answer : eight.invokeAll(calls)) {
                statuses.merge(answer.get(), 1, Integer::sum);
            }
        }

        assertThat(statuses.keySet())
                .as("seed %d; the last two of what still makes sense, on a busy machine", SEED)
                .isSubsetOf(200, 400, 409, 503, 504);
        int refused = statuses.getOrDefault(400, 0);
        assertThat(refused).as("seed %d: %s", SEED, statuses).isGreaterThan(REQUESTS / 2);
        awaitCounted(path, 400, counted + refused);
        assertThat(status().revision()).as("seed %d", SEED).isEqualTo(before.revision());
        assertThat(cluster.store(primary).fence().cfg()).as("seed %d", SEED).isEqualTo(1);
        ring.write(primary, "key", "the ring goes on");
    }

    private static byte[] templateOf(String path) {
        return switch (path) {
            case "/store/claim" -> CLAIM.replace("\"cfg\":1", "\"cfg\":77").getBytes(StandardCharsets.UTF_8);
            case "/store/reconfigure" -> RECONFIGURE.getBytes(StandardCharsets.UTF_8);
            default ->
                LedgerCodec.encode(new Batch(
                        7, new NodeId("mallory"), new Fence(7, 7), batch(7, 7).entries()));
        };
    }

    private static String typeOf(String path) {
        return path.equals("/store/batch") ? "application/octet-stream" : "application/json";
    }

    private static Batch batch(long epoch, long hop) {
        var write = new Write("hostile", null, null, null, new Operation.Delete("key", new Precondition.Always()));
        return new Batch(1, new NodeId("sync-0"), new Fence(epoch, hop), List.of(new Entry(1, write)));
    }

    private interface Call {
        HttpResponse<String> make() throws Exception;
    }

    private static void changesNothing(String path, int status, Call call) throws Exception {
        StoreStatus before = status();
        double counted = counted(path, status);

        HttpResponse<String> answer = call.make();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        awaitCounted(path, status, counted + 1);
        assertThat(status().stateHash()).isEqualTo(before.stateHash());
        assertThat(status().revision()).isEqualTo(before.revision());
    }

    private static StoreStatus status() {
        return cluster.status(primary).orElseThrow();
    }

    private static void awaitCounted(String path, int status, double expected) {
        await("an answer is counted after it is sent")
                .untilAsserted(() -> assertThat(counted(path, status)).isEqualTo(expected));
    }

    private static double counted(String path, int status) {
        return Optional.ofNullable(cluster.bean(primary, MeterRegistry.class)
                        .find("ringstore.refused")
                        .tags("path", path, "status", String.valueOf(status))
                        .counter())
                .map(Counter::count)
                .orElse(0.0);
    }

    private static HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
        return send(request(path, type).POST(BodyPublishers.ofByteArray(body)));
    }

    private static HttpRequest.Builder request(String path, String type) {
        URI uri = cluster.address(primary).resolve(path);
        return HttpRequest.newBuilder(uri)
                .header("Ringstore-Secret", StoreCluster.SECRET)
                .header("Content-Type", type);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
