package io.ringstore.container;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The wires between all nodes lose packets and are slow; writes get slow too, and nothing else happens to them. */
@Networks
@OnContainers
class BadNetworkTests {

    private static final double LOSS = 0.05;
    private static final List<String> NODES =
            List.of("sync-0", "sync-1", "sync-2", "sync-3", "sync-4", "store-0", "store-1", "store-2");

    private final ComposeCluster cluster;
    private final Trial trial;

    BadNetworkTests(ComposeCluster cluster, Trial trial) {
        this.cluster = cluster;
        this.trial = trial;
    }

    @Test
    void packetsAreLostAndLateEverywhere() throws Exception {
        trial.run(load -> {
            for (String node : NODES) {
                cluster.worsen(node, LOSS);
            }
            for (String node : NODES) {
                Awaitility.await("a packet lost by " + node)
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> cluster.lostPackets(node) > 0);
            }
            load.awaitProgress();
            for (String node : NODES) {
                cluster.mend(node);
            }
            load.awaitProgress();
        });
    }
}
