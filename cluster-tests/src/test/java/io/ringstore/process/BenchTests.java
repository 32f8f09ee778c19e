package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The benchmark finds, on a cluster that runs, all that it says it measures. */
@ExtendWith(SharedCluster.class)
class BenchTests {

    private final LocalCluster cluster;

    @TempDir
    private Path directory;

    BenchTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whatServersSpendOnAWriteIsMeasuredAndItsStagesAddUp() throws Exception {
        Path file = directory.resolve("bench.json");

        String table = cluster.launcher(
                "bench", "--clients", "4", "--warm-up", "1", "--duration", "2", "--json", file.toString());

        JsonNode writes = JsonMapper.shared().readTree(file).get("medians").get(0);
        assertThat(writes.get("failures")).as(table).isEmpty();
        assertThat(writes.get("servers").get("CPU ms").doubleValue()).isPositive();
        assertThat(writes.get("servers").get("flushes").doubleValue()).isPositive();
        assertThat(writes.get("servers").get("writes per batch of the ring").doubleValue())
                .isGreaterThanOrEqualTo(1);
        assertThat(writes.get("stages")
                        .valueStream()
                        .mapToDouble(JsonNode::doubleValue)
                        .sum())
                .isCloseTo(writes.get("millis").get("mean").doubleValue(), within(1e-6));
        assertThat(writes.get("stages")
                        .get("call to the store, replication, flush")
                        .doubleValue())
                .isPositive();
    }

    @Test
    void anArrayIsMeasuredByItsValues() throws Exception {
        String table =
                cluster.launcher("bench", "--clients", "2", "--records", "50", "--warm-up", "1", "--duration", "1");

        assertThat(table).containsPattern("ringstore +write +2 +[1-9]").doesNotContain(": failed ");
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThatThrownBy(() -> cluster.launcher("bench", "--clients", "none"))
                .hasMessageContaining("--clients takes whole numbers from 1 to 4096, not 'none'.");
        assertThatThrownBy(() -> cluster.launcher("bench", "--compare", "postgres"))
                .hasMessageContaining("--compare takes etcd, zookeeper and bare, not 'postgres'.");
    }
}
