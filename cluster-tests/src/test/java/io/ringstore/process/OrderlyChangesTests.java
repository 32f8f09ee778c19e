package io.ringstore.process;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an operator does on purpose, no client notices: no request fails, not even once (§5.7, §8.6). */
@OnProcesses
class OrderlyChangesTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalCluster cluster;

    OrderlyChangesTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aBackupAndThePrimaryAreRestarted() throws Exception {
        Trial.runUnnoticed(cluster, trial -> {
            for (String node : List.of(cluster.backup(), cluster.primary())) {
                cluster.stop(node);
                trial.awaitAcknowledged(20);
                cluster.start(node);
                awaitUp(node);
            }
        });
    }

    /** On the way to seven nodes each of the five is restarted. */
    @Test
    void theRingGrowsToSevenNodesAndShrinksToFiveAgain() throws Exception {
        Trial.runUnnoticed(cluster, trial -> {
            cluster.resize(7);
            trial.awaitAcknowledged(20);
            for (String newcomer : List.of("sync-5", "sync-6")) {
                cluster.failpoints(newcomer).arm("before-pass", "delay");
                Awaitility.await(newcomer + " passes the token")
                        .atMost(PATIENCE)
                        .until(() -> cluster.failpoints(newcomer).acted("before-pass") > 0);
            }
            cluster.resize(LocalCluster.SYNCS);
            trial.awaitAcknowledged(20);
        });
    }

    private void awaitUp(String node) {
        Awaitility.await(node + " takes part").atMost(PATIENCE).until(() -> {
            for (JsonNode each : cluster.view("/v1/cluster").get("store")) {
                if (each.get("id").asString().equals(node)) {
                    return each.get("status").asString().equals("UP");
                }
            }
            return false;
        });
    }
}
