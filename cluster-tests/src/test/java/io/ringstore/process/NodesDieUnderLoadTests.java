package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.history.History;
import io.ringstore.history.HistoryChecker;
import io.ringstore.history.Logged;
import io.ringstore.history.Observation;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The promise of the README, on real processes: nodes of every kind die under load, and nobody loses a write. */
@OnProcesses
class NodesDieUnderLoadTests {

    private static final int CLIENTS = 8;
    private static final int WRITES_EACH = 125;

    private final LocalCluster cluster;

    NodesDieUnderLoadTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aThousandWritesAreAcknowledgedOnceEachAndSurviveARestartOfEverything() throws Exception {
        try (Workload load = Workload.start(cluster.gateway(), CLIENTS, WRITES_EACH)) {
            awaitAcknowledged(load, 100);
            cluster.kill("sync-1");
            awaitAcknowledged(load, 250);
            cluster.start("sync-1");

            String holder = cluster.holder();
            cluster.kill(holder);
            awaitAcknowledged(load, 450);
            cluster.start(holder);

            String primary = cluster.primary();
            cluster.kill(primary);
            awaitAcknowledged(load, 650);
            cluster.start(primary);
            List<Observation> seen = load.awaitAll(Duration.ofMinutes(3));
            cluster.remember(seen);
            assertThat(writes(seen)).allMatch(write -> write.end() instanceof End.Acknowledged);
            assertThat(writes(seen).stream().map(WriteSeen::requestId).distinct())
                    .hasSize(CLIENTS * WRITES_EACH);
        }

        History history = cluster.history();
        assertThat(HistoryChecker.check(history)).isEmpty();

        cluster.down();
        cluster.up();
        Map<String, List<Logged>> again = cluster.logs();
        history.logs().forEach((store, log) -> assertThat(again.get(store)).startsWith(log.toArray(Logged[]::new)));
    }

    private static List<WriteSeen> writes(List<Observation> seen) {
        return seen.stream()
                .filter(WriteSeen.class::isInstance)
                .map(WriteSeen.class::cast)
                .toList();
    }

    private static void awaitAcknowledged(Workload load, int writes) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> load.acknowledged() >= writes);
    }
}
