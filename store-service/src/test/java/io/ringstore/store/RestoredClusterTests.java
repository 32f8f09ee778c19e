package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.api.KeyRead;
import io.ringstore.api.LogPage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.WriteResult;
import io.ringstore.link.ClusterSecret;
import io.ringstore.store.replication.RestoreCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.HttpClientErrorException;

/** A backup of a cluster that runs becomes a new cluster, which goes on; one life, told in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoredClusterTests {

    @TempDir
    private static Path disks;

    private static final Map<String, KeyRead> BEFORE = new HashMap<>();
    private static StoreCluster restored;
    private static RingOfOne oldRing;
    private static String hashOfBackup;
    private static String report;

    @BeforeAll
    static void backUpAndRestore() throws Exception {
        Path file = disks.resolve("cluster.backup");
        try (var old = new StoreCluster(disks.resolve("old"))) {
            old.startAll();
            oldRing = RingOfOne.open(old);
            int primary = old.awaitPrimary();
            oldRing.writeMany(primary, 400, "value"); // snapshots and purges of the log lie behind it
            int backup = old.anyBeside(primary);
            HttpResponse<byte[]> answer = backup(old, backup);
            assertThat(answer.statusCode()).isEqualTo(200);
            Files.write(file, answer.body());
            hashOfBackup = answer.headers().firstValue("Ringstore-State-Hash").orElseThrow();
            assertThat(answer.headers().firstValue("Ringstore-Revision")).contains("400");
            old.awaitSameStateEverywhere();
            assertThat(old.status(primary).orElseThrow().stateHash()).isEqualTo(hashOfBackup);
            for (int i = 0; i < 10; i++) {
                BEFORE.put("key-" + i, old.store(primary).read("key-" + i, "linearizable", null, null));
            }
            oldRing.writeMany(primary, 20, "lost");
        }
        report = restore(file);
        restored = new StoreCluster(disks.resolve("new"));
        restored.startAll();
    }

    private static HttpResponse<byte[]> backup(StoreCluster cluster, int node)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(cluster.address(node).resolve("/store/backup"))
                            .header(ClusterSecret.HEADER, StoreCluster.SECRET)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String restore(Path file) {
        List<String> arguments = new ArrayList<>(List.of(file.toString(), "ringstore"));
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            arguments.add("store-" + i + "=" + disks.resolve("new").resolve("store-" + i));
        }
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(RestoreCommand.run(arguments.toArray(String[]::new), stream, stream))
                .as(out.toString(StandardCharsets.UTF_8))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @AfterAll
    static void close() {
        restored.close();
    }

    private static StoreApi store() {
        return restored.store(restored.awaitPrimary());
    }

    @Test
    @Order(1)
    void everyReplicaStartsWithTheStateThatWasRestored() {
        restored.awaitSameStateEverywhere();

        assertThat(report).contains("stateHash=" + hashOfBackup);
        assertThat(report)
                .contains("stateHash=" + restored.status(0).orElseThrow().stateHash());
        for (int i = 0; i < 10; i++) {
            KeyRead read = store().read("key-" + i, "linearizable", null, null);
            assertThat(read.record())
                    .usingRecursiveComparison()
                    .isEqualTo(Objects.requireNonNull(BEFORE.get("key-" + i)).record());
        }
    }

    @Test
    @Order(2)
    void theHolderOfTheOldTokenWritesNothing() {
        WriteResult late = oldRing.attempt(store(), "late", "key-1", "late");

        assertThat(late.status()).isEqualTo(WriteResult.Status.MISPLACED);
    }

    @Test
    @Order(3)
    void writesGoOnAfterAllRevisionsThatWereEverGivenOut() {
        RingOfOne ring = RingOfOne.open(restored);
        int primary = restored.awaitPrimary();
        WriteResult known = ring.attempt(restored.store(primary), "request-400", "key-9", "value");
        assertThat(known.duplicate()).isTrue();
        assertThat(known.revision()).isEqualTo(400);

        WriteResult fresh = ring.attempt(restored.store(primary), "request-405", "key-4", "new");

        assertThat(fresh.status()).isEqualTo(WriteResult.Status.COMMITTED);
        long revision = Objects.requireNonNull(fresh.revision());
        assertThat(revision).isGreaterThan(1_000_000_000);
        LogPage log = restored.store(primary).log(revision, 10, "linearizable");
        assertThat(log.records()).hasSize(1);
        KeyRead before = restored.store(primary).read("key-4", "linearizable", null, revision - 1);
        assertThat(Objects.requireNonNull(before.record()).revision()).isEqualTo(395);
        assertThatThrownBy(() -> restored.store(primary).log(1, 10, "linearizable"))
                .isInstanceOf(HttpClientErrorException.Gone.class);
        for (int i = 0; i < 320; i++) { // so that a snapshot is taken of what went on
            ring.attempt(restored.store(primary), "more-" + i, "key-" + i % 10, "more");
        }
        restored.awaitSameStateEverywhere();
    }

    @Test
    @Order(4)
    void itsNodesStopAndStartLikeAnyOthers() {
        String before = restored.status(0).orElseThrow().stateHash();
        restored.stopAll();
        restored.startAll();

        restored.awaitSameStateEverywhere();
        assertThat(restored.status(0).orElseThrow().stateHash()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void aDiskThatIsLostLaterIsFilledAgain() throws IOException {
        int lost = restored.anyBeside(restored.awaitPrimary());
        restored.stop(lost);
        FileSystemUtils.deleteRecursively(restored.disk(lost));
        restored.start(lost);

        Awaitility.await().atMost(StoreCluster.PATIENCE).until(() -> restored.isReady(lost));
        restored.awaitSameStateEverywhere();
    }

    @Test
    @Order(6)
    void withoutAMajorityThereIsNoBackupAndTheAnswerSaysWhy() throws Exception {
        int left = restored.awaitPrimary();
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            if (i != left) {
                restored.stop(i);
            }
        }
        HttpResponse<byte[]> answer = backup(restored, left);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("no primary confirmed the read");
    }
}
