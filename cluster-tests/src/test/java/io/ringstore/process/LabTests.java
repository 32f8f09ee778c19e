package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lab from the command line: scenarios and workloads on the real cluster, each to its verdict. */
@OnProcesses
class LabTests {

    private static final List<String> ALL_IS_WELL = List.of("verdict: All ", "writes are there, once each");

    private final LocalCluster cluster;
    private long since;

    LabTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void remember() {
        since = System.nanoTime();
    }

    /** What the lab wrote is no phantom to later judgements of this cluster. */
    @AfterEach
    void adopt() throws Exception {
        cluster.adopt(since);
    }

    @Test
    void aNodeThatDiesInTheCriticalSectionIsStartedAgainAndTheVerdictIsGood() throws Exception {
        String said = cluster.launcher("scenario", "1.3");

        assertThat(said).contains(" is dead.", "The others write on.", " is back.");
        assertThat(said).containsPattern("longest time without an acknowledged write: \\d+ ms");
        assertThat(said).contains(ALL_IS_WELL);
    }

    @Test
    void aWorkloadMakesItsWritesAndTheVerdictIsGood() throws Exception {
        assertThat(cluster.launcher("workload", "load", "clients=4", "rate=50", "seconds=2"))
                .contains("acknowledged writes: 100")
                .contains(ALL_IS_WELL);
    }

    @Test
    void aScenarioThatIsNotThereIsAFailureThatSaysSo() {
        assertThatThrownBy(() -> cluster.launcher("scenario", "9.9")).hasMessageContaining("There is no scenario 9.9.");
    }

    @Test
    void slowMotionOpensNoEpoch() throws Exception {
        long epoch = cluster.ring("epoch");
        cluster.lab("PUT", "/v1/lab/motion", "{\"paused\":true}");
        try {
            var first =
                    cluster.lab("POST", "/v1/lab/motion/steps", "{\"hops\":1}").get("held");
            var second =
                    cluster.lab("POST", "/v1/lab/motion/steps", "{\"hops\":3}").get("held");

            assertThat(second.get("hop").asLong()).isEqualTo(first.get("hop").asLong() + 3);
        } finally {
            cluster.lab("PUT", "/v1/lab/motion", "{\"paused\":false}");
        }
        assertThat(cluster.ring("epoch")).isEqualTo(epoch);
    }
}
