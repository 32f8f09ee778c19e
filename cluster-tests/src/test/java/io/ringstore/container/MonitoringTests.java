package io.ringstore.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.monitoring.Dashboard;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The real Prometheus on the real cluster: what the documents say can be seen is seen, and nothing else. */
@OnContainers
class MonitoringTests {

    private static final Path OPERATING = Path.of("..", "docs", "OPERATING.md");
    private static final Path ALERTS = Path.of("..", "monitoring", "alerts.yml");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern METRIC = Pattern.compile("^\\| `(ringstore_\\w+)`", Pattern.MULTILINE);
    private static final Pattern ALWAYS =
            Pattern.compile("^\\| `(ringstore_\\w+)`[ ◔]*\\| (?!since: )", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final Pattern THRESHOLD = Pattern.compile(" (==|<|>) [\\d.]+$");
    private static final String CLUSTER = "ringstore";

    private static final Set<String> TAGS = Set.of(
            "cluster",
            "instance",
            "job",
            "node",
            "peer",
            "kind",
            "le",
            "message",
            "outcome",
            "path",
            "quantile",
            "reason",
            "stage",
            "result",
            "status");

    /** More buckets than a histogram has, and fewer than clients wrote. */
    private static final int MOST_VALUES = 80;

    /** Somebody without the secret, whose call is refused and counted. */
    private static final String STRANGER =
            "exec 3<>/dev/tcp/$1/8100; printf 'GET /ring/state HTTP/1.0\\r\\n\\r\\n' >&3; head -1 <&3";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ComposeCluster cluster;
    private final Trial trial;

    MonitoringTests(ComposeCluster cluster, Trial trial) {
        this.cluster = cluster;
        this.trial = trial;
    }

    @Test
    void whateverDocumentsDashboardsAndAlertsAskForIsCollectedAndNothingElseIs() throws Exception {
        cluster.upWithMonitoring();
        try {
            trial.run(load -> {
                load.awaitProgress();
                String sync = trial.view.holder();
                String store = trial.view.primary();
                cluster.kill(sync, store);
                load.awaitProgress();
                cluster.start(sync, store);
                cluster.bash("client-0", STRANGER, sync.equals("sync-0") ? "sync-1" : "sync-0");
            });
            Set<String> always = matches(ALWAYS, Files.readString(OPERATING));
            assertThat(always).hasSizeGreaterThan(20);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collected()).containsAll(always));
            assertThat(collected()).isSubsetOf(matches(METRIC, Files.readString(OPERATING)));
            assertThat(tags()).allSatisfy((tag, values) -> {
                assertThat(tag).isIn(TAGS);
                assertThat(values).as(tag).hasSizeLessThanOrEqualTo(MOST_VALUES);
            });
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(unanswered()).isEmpty());
        } finally {
            cluster.stop("prometheus");
        }
    }

    @Test
    void rulesAreValidAndEachAlertFiresWhenItShouldAndIsExplained() throws Exception {
        cluster.upWithMonitoring();
        try {
            cluster.exec("prometheus", "promtool", "check", "config", "/etc/prometheus/prometheus.yml");
            cluster.exec(
                    "prometheus",
                    "promtool",
                    "check",
                    "config",
                    "--syntax-only", // there are no certificates here
                    "/etc/prometheus/prometheus-tls.yml");
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

    /** What dashboards and alerts ask and Prometheus has no number for. */
    private List<String> unanswered() throws IOException, InterruptedException {
        List<String> unanswered = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.all()) {
            for (Dashboard.Question question : dashboard.questions()) {
                if (!isAnswered(question.filledIn(CLUSTER), matches(LABEL, question.legend()))) {
                    unanswered.add(question.title() + ": " + question.expression());
                }
            }
            for (String choices : dashboard.choices()) {
                if (!offersSomething(choices.replace("$cluster", CLUSTER))) {
                    unanswered.add(dashboard.file() + ": " + choices);
                }
            }
        }
        for (JsonNode rule : prometheus("rules").at("/data/groups/0/rules")) {
            String query = rule.get("query").asString();
            assertThat(rule.get("health").asString()).as(query).isEqualTo("ok");
            if (!isAnswered(THRESHOLD.matcher(query).replaceFirst(""), Set.of())) {
                unanswered.add(rule.get("name").asString() + ": " + query);
            }
        }
        return unanswered;
    }

    /** Whether there is a number, and each label that the line is named by. */
    private boolean isAnswered(String query, Set<String> labels) throws IOException, InterruptedException {
        JsonNode answer = prometheus("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertThat(answer.get("status").asString()).as("%s: %s", query, answer).isEqualTo("success");
        for (JsonNode series : answer.get("data").get("result")) {
            boolean isNumber = !series.get("value").get(1).asString().equals("NaN");
            if (isNumber && labels.stream().allMatch(series.get("metric")::has)) {
                return true;
            }
        }
        return false;
    }

    private boolean offersSomething(String choices) throws IOException, InterruptedException {
        Matcher values = VALUES.matcher(choices);
        assertThat(values.matches()).as(choices).isTrue();
        String series = URLEncoder.encode(values.group(1), StandardCharsets.UTF_8);
        return !prometheus("label/" + values.group(2) + "/values?match%5B%5D=" + series)
                .get("data")
                .isEmpty();
    }

    /** What tells the series of a metric apart, with all its values: nodes and kinds, and nothing that clients name. */
    private Map<String, Set<String>> tags() throws IOException, InterruptedException {
        Map<String, Set<String>> tags = new TreeMap<>();
        for (JsonNode series : prometheus("series?match%5B%5D=%7B__name__%3D~%22ringstore_.%2B%22%7D")
                .get("data")) {
            series.propertyStream()
                    .filter(tag -> !tag.getKey().equals("__name__"))
                    .forEach(tag -> tags.computeIfAbsent(tag.getKey(), _ -> new TreeSet<>())
                            .add(tag.getValue().asString()));
        }
        assertThat(tags).containsKeys("node", "outcome");
        return tags;
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
