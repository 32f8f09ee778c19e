package io.ringstore.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Dashboards that can be read without guessing; what their queries find is the concern of the tests in containers. */
class DashboardTests {

    /** Of Grafana's units those that fit something here: counts, per second, time, bytes, share. */
    private static final Set<String> UNITS = Set.of("none", "short", "ops", "wps", "s", "bytes", "percentunit");

    private static final Set<String> KINDS = Set.of("timeseries", "stat", "state-timeline", "heatmap");
    private static final Set<String> VARIABLES = Set.of("cluster", "node", "__rate_interval");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");
    private static final Pattern SELECTOR = Pattern.compile("((?:ringstore|jvm|process)_\\w+|\\bup\\b)(\\{[^}]*})?");
    private static final String DATA_SOURCE = "${datasource}";
    private static final int COLUMNS = 24;

    static List<Dashboard> dashboards() throws IOException {
        return Dashboard.all();
    }

    static Stream<JsonNode> panels() throws IOException {
        return dashboards().stream().flatMap(dashboard -> dashboard.panels().stream());
    }

    @Test
    void thereIsOneForEachQuestionAndNoTwoAreTakenForEachOther() throws IOException {
        assertThat(dashboards())
                .extracting(Dashboard::file)
                .containsExactly("clients.json", "overview.json", "ring.json", "store.json");
        assertThat(dashboards())
                .extracting(dashboard -> dashboard.json().get("uid").asString())
                .doesNotHaveDuplicates();
        assertThat(dashboards())
                .extracting(dashboard -> dashboard.json().get("title").asString())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void oneChoosesDataSourceClusterAndNodes(Dashboard dashboard) {
        assertThat(dashboard.variables())
                .extracting(variable -> variable.get("name").asString())
                .containsExactly("datasource", "cluster", "node");
        assertThat(dashboard.variables().getFirst().get("type").asString()).isEqualTo("datasource");
        assertThat(dashboard.variables().getFirst().get("query").asString()).isEqualTo("prometheus");
        JsonNode node = dashboard.variables().get(2);
        assertThat(node.get("multi").asBoolean()).isTrue();
        assertThat(node.get("allValue").asString()).isEqualTo(".*");
        assertThat(node.get("definition").asString()).contains("cluster=\"$cluster\"");
        assertThat(dashboard.json().findValuesAsString("uid"))
                .as("every data source is the chosen one")
                .filteredOn(uid -> !uid.startsWith("ringstore-"))
                .containsOnly(DATA_SOURCE);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsHaveIdsOfTheirOwnAndDoNotCoverEachOther(Dashboard dashboard) {
        List<Integer> ids = new ArrayList<>();
        Set<List<Integer>> cells = new HashSet<>();
        for (JsonNode panel : dashboard.json().get("panels")) {
            ids.add(panel.get("id").asInt());
            JsonNode at = panel.get("gridPos");
            int right = at.get("x").asInt() + at.get("w").asInt();
            assertThat(right).as(panel.get("title").asString()).isLessThanOrEqualTo(COLUMNS);
            for (int x = at.get("x").asInt(); x < right; x++) {
                for (int y = 0; y < at.get("h").asInt(); y++) {
                    assertThat(cells.add(List.of(x, at.get("y").asInt() + y)))
                            .as(panel.get("title").asString())
                            .isTrue();
                }
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("panels")
    void aPanelSaysWhatItShowsAndInWhichUnit(JsonNode panel) {
        assertThat(panel.get("type").asString()).isIn(KINDS);
        assertThat(panel.get("title").asString()).isNotBlank();
        assertThat(panel.get("description").asString()).hasSizeGreaterThan(20).endsWith(".");
        assertThat(panel.get("fieldConfig").get("defaults").get("unit").asString())
                .isIn(UNITS);
        assertThat(panel.get("datasource").get("uid").asString()).isEqualTo(DATA_SOURCE);
    }

    @ParameterizedTest
    @MethodSource("panels")
    void eachOfItsLinesHasAName(JsonNode panel) {
        List<String> references = new ArrayList<>();
        for (JsonNode target : panel.get("targets")) {
            references.add(target.get("refId").asString());
            assertThat(target.get("legendFormat").asString()).isNotBlank();
        }
        assertThat(references).isNotEmpty().doesNotHaveDuplicates();
        if (!panel.get("type").asString().equals("stat")) {
            JsonNode legend = panel.get("options").get("legend");
            assertThat(legend.path("showLegend").asBoolean(legend.path("show").asBoolean()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyQueryIsOfTheChosenClusterOnly(Dashboard dashboard) {
        for (Dashboard.Question question : dashboard.questions()) {
            Matcher selectors = SELECTOR.matcher(question.expression());
            while (selectors.find()) {
                assertThat(selectors.group(2)).as(question.title()).contains("cluster=\"$cluster\"");
            }
            Matcher variables = VARIABLE.matcher(question.expression());
            while (variables.find()) {
                assertThat(variables.group(1)).as(question.title()).isIn(VARIABLES);
            }
        }
    }

    @Test
    void grafanaIsToldWhereTheDashboardsAndPrometheusAre() throws IOException {
        String compose = Files.readString(Dashboard.FOLDER.resolve("../../docker-compose.yml"));
        String provider = Files.readString(Dashboard.FOLDER.resolve("provisioning/dashboards/ringstore.yml"));
        String source = Files.readString(Dashboard.FOLDER.resolve("provisioning/datasources/prometheus.yml"));

        assertThat(compose)
                .contains("./monitoring/grafana/provisioning:/etc/grafana/provisioning:ro")
                .contains("./monitoring/grafana/dashboards:/etc/ringstore/dashboards:ro");
        assertThat(provider).contains("path: /etc/ringstore/dashboards ");
        assertThat(source).contains("type: prometheus\n", "url: http://prometheus:9090\n");
    }
}
