package io.ringstore.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The switches of one node in the lab. */
record Failpoints(HttpClient http, URI node, String secret) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Arms a failpoint for the next time that the node gets there. */
    void arm(String point, String action) throws IOException, InterruptedException {
        arm(point, action, 1);
    }

    void arm(String point, String action, int count) throws IOException, InterruptedException {
        String fault = "{\"action\":\"%s\",\"count\":%d}".formatted(action, count);
        ask(request(point).header("Content-Type", "application/json").POST(BodyPublishers.ofString(fault)));
    }

    /** Stops the whole process at once; it comes back by itself. Its answer may come only then, or too late. */
    void freeze(Duration length) throws IOException, InterruptedException {
        String fault = "{\"action\":\"pause\",\"millis\":%d}".formatted(length.toMillis());
        ask(request("pause")
                .timeout(Duration.ofMillis(500))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(fault)));
    }

    void disarm(String point) throws IOException, InterruptedException {
        ask(request(point).DELETE());
    }

    /** How often something happened at a failpoint since the node was started. */
    int acted(String point) throws IOException, InterruptedException {
        for (JsonNode state : JSON.readTree(ask(request("").GET()))) {
            if (state.get("name").asString().equals(point)) {
                return state.get("acted").asInt();
            }
        }
        throw new AssertionError("no failpoint " + point);
    }

    private HttpRequest.Builder request(String point) {
        return HttpRequest.newBuilder(node.resolve("/actuator/failpoints" + (point.isEmpty() ? "" : "/" + point)))
                .header("Ringstore-Secret", secret)
                .timeout(Duration.ofSeconds(5));
    }

    private String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("failpoints answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
