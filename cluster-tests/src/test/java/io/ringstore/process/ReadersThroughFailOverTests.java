package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.history.History;
import io.ringstore.history.Logged;
import io.ringstore.history.Observation.ReadSeen;
import io.ringstore.process.LogWatcher.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * While the primary dies, and the gateway after it, reads stay linearizable, which every {@link Trial} checks, and who watches
 * is told of every write once and in order.
 */
@OnProcesses
class ReadersThroughFailOverTests {

    private static final int MANY = 100;
    private static final int NEVER = Integer.MAX_VALUE;

    private final LocalCluster cluster;

    ReadersThroughFailOverTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void nobodyWhoWatchesMissesAWriteOrSeesOneTwice() throws Exception {
        long first = cluster.view("/v1/log?limit=1").get("last").asLong() + 1;
        try (LogWatcher patient = new LogWatcher(cluster.gateway(), first, NEVER);
                LogWatcher restless = new LogWatcher(cluster.gateway(), first, 40)) {
            Trial.run(cluster, trial -> {
                String primary = cluster.primary();
                cluster.killAtOnce(primary);
                trial.awaitAcknowledged(MANY);
                assertThat(patient.connections())
                        .as("connections through the fail-over")
                        .isOne();

                cluster.kill("client-0");
                cluster.start("client-0");
                trial.awaitAcknowledged(MANY);
                cluster.start(primary);
            });
            History history = cluster.history();
            List<Logged> log = Objects.requireNonNull(history.logs().get("store-0"));
            List<Seen> written = log.stream()
                    .filter(record -> record.revision() >= first)
                    .map(Seen::of)
                    .toList();

            awaitAll(patient, written);
            awaitAll(restless, written);
            assertThat(patient.seen()).isEqualTo(written);
            assertThat(restless.seen()).isEqualTo(written);
            assertThat(patient.connections()).isEqualTo(2);
            assertThat(restless.connections()).isGreaterThan(4);
            assertThat(history.observations()).as("reads").hasAtLeastOneElementOfType(ReadSeen.class);
        }
    }

    private static void awaitAll(LogWatcher watcher, List<Seen> written) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> watcher.seen().size() >= written.size());
    }
}
