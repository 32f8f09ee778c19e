package io.ringstore.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The real Prometheus on the real cluster: what the documents say can be seen is seen, and nothing else. */
@ExtendWith(SharedContainers.class)
class MonitoringTests {

    private static final Path OPERATING = Path.of("..", "docs", "OPERATING.md");
    private static final Path ALERTS = Path.of("..", "monitoring", "alerts.yml");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern METRIC = Pattern.compile("^\\| `(ringstore_\\w+)`", Pattern.MULTILINE);
    private static final Pattern ALWAYS =
            Pattern.compile("^\\| `(ringstore_\\w+)`[ ◔]*\\| (?!since: )", Pattern.MULTILINE);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ComposeCluster cluster;
    private final Trial trial;

    MonitoringTests(ComposeCluster cluster, Trial trial) {
        this.cluster = cluster;
        this.trial = trial;
    }

    @Test
    void everyMetricInTheDocumentsIsCollectedAndEveryCollectedOneIsInTheDocuments() throws Exception {
        cluster.upWithMonitoring();
        try {
            trial.run(load -> {
                load.awaitProgress();
                cluster.kill("sync-1", "store-1");
                load.awaitProgress();
                cluster.start("sync-1", "store-1");
            });
            String operating = Files.readString(OPERATING);
            Set<String> always = matches(ALWAYS, operating);
            assertThat(always).hasSizeGreaterThan(20);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collected()).containsAll(always));
            assertThat(collected()).isSubsetOf(matches(METRIC, operating));
        } finally {
            cluster.stop("prometheus");
        }
    }

    @Test
    void rulesAreValidAndEachAlertFiresWhenItShouldAndIsExplained() throws Exception {
        cluster.upWithMonitoring();
        try {
            cluster.exec("prometheus", "promtool", "check", "config", "/etc/prometheus/prometheus.yml");
            cluster.exec("prometheus", "promtool", "test", "rules", "/etc/prometheus/alerts-test.yml");
        } finally {
            cluster.stop("prometheus");
        }
        String alerts = Files.readString(ALERTS);
        String tests = Files.readString(ALERTS.resolveSibling("alerts-test.yml"));
        String operating = Files.readString(OPERATING);
        for (String alert : matches(Pattern.compile("alert: (\\w+)"), alerts)) {
            assertThat(alerts).contains("docs/OPERATING.md#" + alert.toLowerCase(Locale.ROOT) + "\n");
            assertThat(operating).contains("### " + alert + "\n");
            assertThat(tests).contains("alertname: " + alert + "\n        exp_alerts:");
        }
    }

    /** Names without the suffixes that a timer or summary has many of. */
    private Set<String> collected() throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        for (JsonNode name : prometheus("label/__name__/values").get("data")) {
            if (name.asString().startsWith("ringstore_")) {
                names.add(name.asString().replaceFirst("_(bucket|count|sum|max)$", ""));
            }
        }
        return names;
    }

    private JsonNode prometheus(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(cluster.prometheus().resolve("/api/v1/" + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static Set<String> matches(Pattern pattern, String text) {
        List<String> all = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            all.add(matcher.group(1));
        }
        return new TreeSet<>(all);
    }
}
