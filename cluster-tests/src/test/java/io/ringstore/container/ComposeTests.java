package io.ringstore.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.process.DocumentedCurls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docker compose up} and what a user does next. */
@OnContainers
class ComposeTests {

    /** Docker's own patience is ten seconds, after which it kills. */
    private static final Duration PROMPT = Duration.ofSeconds(8);

    private static final String TERMINATED = "143";

    private final ComposeCluster cluster;
    private final Trial trial;

    ComposeTests(ComposeCluster cluster, Trial trial) {
        this.cluster = cluster;
        this.trial = trial;
    }

    @Test
    void theCurlsOfTheReadmeAnswerAsItSays() throws Exception {
        List<DocumentedCurls.Call> calls = DocumentedCurls.read("README.md");
        assertThat(calls).hasSizeGreaterThanOrEqualTo(5);
        long before = trial.view.lastRevision();
        long began = System.nanoTime();
        try {
            DocumentedCurls pasted = new DocumentedCurls(cluster.gateway(), before);
            for (DocumentedCurls.Call call : calls) {
                String answer = pasted.run(call);
                assertThat(call.isAnsweredBy(answer))
                        .as("%s%n%s", call.command(), answer)
                        .isTrue();
            }
        } finally {
            trial.adopt(began);
        }
    }

    @Test
    void onlyTheGatewayIsPublishedAndOnlyOnLoopback() throws Exception {
        String bindings = "{{json .HostConfig.PortBindings}}";

        assertThat(cluster.inspect("client-0", bindings))
                .isEqualTo("{\"8080/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"%d\"}]}"
                        .formatted(cluster.gateway().getPort()));
        for (String node : List.of("store-0", "store-1", "store-2", "sync-0", "sync-1", "sync-2", "sync-3", "sync-4")) {
            assertThat(cluster.inspect(node, bindings)).as(node).isIn("{}", "null");
            assertThat(cluster.inspect(node, "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}"))
                    .as(node)
                    .endsWith("_ring");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"store-0", "sync-0", "client-0"})
    void aServiceIsNobodySpecialAndCannotWriteItsImage(String node) throws Exception {
        assertThat(cluster.bash(node, "id -u")).isEqualTo("10001\n");
        assertThat(cluster.bash(node, "grep CapEff /proc/1/status")).endsWith("0000000000000000\n");
        assertThat(cluster.bash(node, "touch /x /opt/ringstore/x 2>&1 || true"))
                .contains("/x': Read-only file system", "/opt/ringstore/x': Read-only file system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"store-1", "sync-1", "client-0"})
    void theJvmMapsItsCacheAndLeavesWhenTold(String node) throws Exception {
        assertThat(cluster.bash(
                        node, "for p in /proc/[0-9]*; do grep -qs app.aot $p/maps && cat $p/comm; done || true"))
                .isEqualTo("java\n");

        long began = System.nanoTime();
        cluster.stop(node);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMPT);
        assertThat(cluster.inspect(node, "{{.State.ExitCode}}")).isEqualTo(TERMINATED);
    }

    @Test
    void aKilledNodeStaysDeadUntilItIsStarted() throws Exception {
        trial.run(load -> {
            cluster.kill("sync-2");
            load.awaitProgress();
            assertThat(cluster.inspect("sync-2", "{{.State.Running}}")).isEqualTo("false");
            cluster.start("sync-2");
            load.awaitProgress();
        });
    }

    @Test
    void restartsOfEachKindDisturbNobody() throws Exception {
        trial.run(load -> {
            for (String node : List.of("sync-3", trial.view.backup(), trial.view.primary(), "client-0")) {
                cluster.restart(node);
                load.awaitProgress();
            }
        });
    }

    @Test
    void theKilledPrimaryIsReplaced() throws Exception {
        trial.run(load -> {
            String primary = trial.view.primary();
            cluster.kill(primary);
            load.awaitProgress();
            cluster.start(primary);
        });
    }

    @Test
    void aPausedHolderIsWaitedForOrReplacedAndWritesNothingTwice() throws Exception {
        trial.run(load -> {
            String holder = trial.view.holder();
            cluster.pause(holder);
            load.awaitProgress();
            cluster.unpause(holder);
        });
    }

    @Test
    void dataSurvivesDownAndUpUnderLoadAndEachStartsWhenThoseItNeedsAreHealthy() throws Exception {
        trial.run(load -> {
            cluster.down();
            Instant now = Instant.now();
            cluster.up();

            List<String> events = cluster.events(now);
            assertThat(events)
                    .containsSubsequence("healthy store-1", "start sync-1", "healthy sync-1", "start client-0");
            assertThat(last(events, "healthy store-")).isLessThan(first(events, "start sync-"));
            assertThat(last(events, "healthy sync-")).isLessThan(first(events, "start client-"));
        });
    }

    private static int first(List<String> events, String beginning) {
        return IntStream.range(0, events.size())
                .filter(index -> events.get(index).startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private static int last(List<String> events, String beginning) {
        return events.size() - 1 - first(events.reversed(), beginning);
    }
}
