package io.ringstore.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One file of {@code monitoring/grafana/dashboards}. */
public record Dashboard(String file, JsonNode json) {

    public static final Path FOLDER = Path.of("..", "monitoring", "grafana");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What one line of a panel asks Prometheus. */
    public record Question(String title, String expression, String legend) {

        /** As Grafana would ask it, with all nodes of the cluster chosen. */
        public String filledIn(String cluster) {
            return expression
                    .replace("$cluster", cluster)
                    .replace("$node", ".*")
                    .replace("$__rate_interval", "1m");
        }
    }

    public static List<Dashboard> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Dashboard::read)
                    .toList();
        }
    }

    private static Dashboard read(Path file) {
        return new Dashboard(file.getFileName().toString(), JSON.readTree(file));
    }

    /** Every panel that asks something, so without the headings. */
    public List<JsonNode> panels() {
        return json.get("panels")
                .valueStream()
                .filter(panel -> !panel.get("type").asString().equals("row"))
                .toList();
    }

    public List<JsonNode> variables() {
        return json.get("templating").get("list").valueStream().toList();
    }

    /** What Prometheus is asked for to offer clusters and nodes to choose from. */
    public List<String> choices() {
        return variables().stream()
                .filter(variable -> variable.get("type").asString().equals("query"))
                .map(variable -> variable.get("definition").asString())
                .toList();
    }

    /** What its panels ask. */
    public List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.get("targets")) {
                questions.add(new Question(
                        file + ": " + panel.get("title").asString(),
                        target.get("expr").asString(),
                        target.get("legendFormat").asString()));
            }
        }
        return questions;
    }
}
