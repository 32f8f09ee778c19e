package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What went wrong in the system that this one grew out of. docs/FAILURES.md says where the other defects are tested. */
@OnProcesses
class DefectsOfTheOriginalTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalCluster cluster;

    DefectsOfTheOriginalTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    @DisplayName("D1: a holder that is slow in the critical section gets no second holder beside it")
    void aSlowHolderIsReplacedAndItsBatchIsFencedOff() throws Exception {
        Trial.run(cluster, trial -> {
            long epoch = cluster.ring("epoch");
            Failpoints slow = cluster.failpoints("sync-2");
            slow.arm("cs.before-store", "pause");
            Awaitility.await("another holder").atMost(PATIENCE).until(() -> cluster.ring("epoch") > epoch);
            assertThat(slow.acted("cs.before-store")).isEqualTo(1);
            trial.awaitAcknowledged(30);
            slow.disarm("cs.before-store");
            trial.awaitAcknowledged(60);
        });
    }

    @Test
    @DisplayName("D2, D11: a ring that misses a node and has nothing to do says little")
    void anIdleRingWithoutOneOfItsNodesDoesNotSpin() throws Exception {
        cluster.stop("sync-3");
        long hop = cluster.ring("hop");
        long began = System.nanoTime();
        Awaitility.await("three times round").atMost(PATIENCE).until(() -> cluster.ring("hop") >= hop + 15);
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        // A hop takes X = 200 ms, and the one over the missing node counts twice: 2.4 s.
        assertThat(took).isGreaterThan(Duration.ofMillis(1_800));
    }

    @Test
    @DisplayName("D4: a token sent to a node that has just died does not vanish")
    void aNodeThatIsNotThereIsSkippedWithoutANewEpoch() throws Exception {
        long epoch = cluster.ring("epoch");
        String holder = cluster.holder();
        String far = after(holder, 3);
        long hop = cluster.ring("hop");

        cluster.killAtOnce(far); // before the token gets there, three hops of 200 ms from where it was
        Awaitility.await("twice round").atMost(PATIENCE).until(() -> cluster.ring("hop") >= hop + 10);

        assertThat(cluster.ring("epoch")).isEqualTo(epoch);
    }

    @Test
    @DisplayName("D7: two neighbours die at once and the ring goes on")
    void twoAdjacentNodesDie() throws Exception {
        Trial.run(cluster, trial -> {
            String holder = cluster.holder();
            String next = after(holder, 1);
            cluster.kill(holder);
            cluster.kill(next);
            trial.awaitAcknowledged(60);
            cluster.start(holder);
            cluster.start(next);
        });
    }

    @Test
    @DisplayName("D8: a node that comes back takes part again")
    void aNodeThatComesBackPassesTheToken() throws Exception {
        cluster.kill("sync-1");
        cluster.start("sync-1");
        Awaitility.await("sync-1 listens")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> cluster.failpoints("sync-1").arm("before-pass", "delay"));

        Awaitility.await("sync-1 passes the token")
                .atMost(PATIENCE)
                .until(() -> cluster.failpoints("sync-1").acted("before-pass") > 0);
    }

    @Test
    @DisplayName("D12: a client's clock does not decide the order")
    void writesStandInTheOrderTheyWereAnsweredWhateverTheirClientsClocksSay() throws Exception {
        long future = revisionOf("9999999999999");
        long past = revisionOf("1");
        long absurd = revisionOf("4102444800000");

        assertThat(List.of(future, past, absurd)).isSorted();
    }

    private static String after(String sync, int places) {
        return "sync-" + (Integer.parseInt(sync.substring("sync-".length())) + places) % LocalCluster.SYNCS;
    }

    private long revisionOf(String clientTimestamp) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String id = "d12-" + clientTimestamp;
            HttpRequest request = HttpRequest.newBuilder(cluster.gateway().resolve("/v1/kv/D12"))
                    .header("Idempotency-Key", id)
                    .header("Ringstore-Client-Timestamp", clientTimestamp)
                    .PUT(BodyPublishers.ofString(id))
                    .build();
            long invokedAt = System.nanoTime();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            long completedAt = System.nanoTime();

            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
            assertThat(answer.body()).contains("\"clientTimestamp\":" + clientTimestamp);
            long revision = Long.parseLong(
                    answer.headers().firstValue("Ringstore-Revision").orElseThrow());
            cluster.remember(
                    List.of(new WriteSeen(id, "D12", id, invokedAt, completedAt, new End.Acknowledged(revision))));
            return revision;
        }
    }
}
