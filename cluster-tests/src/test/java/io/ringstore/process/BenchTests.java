package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The benchmark on a cluster that runs. */
@OnProcesses
class BenchTests {

    private final LocalCluster cluster;

    BenchTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThatThrownBy(() -> cluster.launcher("bench", "--clients", "none"))
                .hasMessageContaining("--clients takes whole numbers from 1 to 4096, not 'none'.");
        assertThatThrownBy(() -> cluster.launcher("bench", "--compare", "postgres"))
                .hasMessageContaining("--compare takes etcd, zookeeper and bare, not 'postgres'.");
    }
}
