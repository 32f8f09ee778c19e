package io.ringstore.client.web;

import io.ringstore.client.lab.SlowMotion;
import io.ringstore.client.lab.WorkloadPlan;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads what the lab is asked for: whole numbers and truth values, each with a bound, and nothing that it does not know. */
@Component
@ConditionalOnProperty(name = "ringstore.lab.enabled", havingValue = "true")
class LabBodies {

    private final Bodies bodies;
    private final ObjectMapper json;

    LabBodies(Bodies bodies, ObjectMapper json) {
        this.bodies = bodies;
        this.json = json;
    }

    /** How the ring is to move. */
    record Speed(boolean paused, long hopMillis) {}

    WorkloadPlan workload(HttpServletRequest request) throws IOException {
        JsonNode body = object(request);
        return switch (body.path("kind").asString("")) {
            case "assignment" -> {
                requireOnly(
                        body,
                        Set.of(
                                "kind",
                                "clients",
                                "minRequests",
                                "maxRequests",
                                "minThinkMillis",
                                "maxThinkMillis",
                                "resources"));
                yield checked(() -> new WorkloadPlan.Assignment(
                        number(body, "clients", 5),
                        number(body, "minRequests", 10),
                        number(body, "maxRequests", 50),
                        Duration.ofMillis(number(body, "minThinkMillis", 1_000)),
                        Duration.ofMillis(number(body, "maxThinkMillis", 5_000)),
                        number(body, "resources", 5)));
            }
            case "load" -> {
                requireOnly(body, Set.of("kind", "clients", "rate", "size", "seconds"));
                yield checked(() -> new WorkloadPlan.Load(
                        number(body, "clients", 16),
                        number(body, "rate", 200),
                        number(body, "size", 64),
                        Duration.ofSeconds(number(body, "seconds", 20))));
            }
            default -> throw Problems.badRequest("kind is assignment or load.");
        };
    }

    Speed speed(HttpServletRequest request) throws IOException {
        JsonNode body = object(request);
        requireOnly(body, Set.of("paused", "hopMillis"));
        JsonNode paused = body.path("paused");
        if (!paused.isMissingNode() && !paused.isBoolean()) {
            throw Problems.badRequest("paused is true or false.");
        }
        long hopMillis = number(body, "hopMillis", 0);
        if (hopMillis < 0 || hopMillis > SlowMotion.MAX_HOP_MILLIS) {
            throw Problems.badRequest("hopMillis is from 0 to " + SlowMotion.MAX_HOP_MILLIS + ".");
        }
        return new Speed(paused.asBoolean(false), hopMillis);
    }

    int hops(HttpServletRequest request) throws IOException {
        JsonNode body = object(request);
        requireOnly(body, Set.of("hops"));
        int hops = number(body, "hops", 1);
        if (hops < 1 || hops > SlowMotion.MAX_HOPS) {
            throw Problems.badRequest("hops is from 1 to " + SlowMotion.MAX_HOPS + ".");
        }
        return hops;
    }

    void nothing(HttpServletRequest request) throws IOException {
        requireOnly(object(request), Set.of());
    }

    private JsonNode object(HttpServletRequest request) throws IOException {
        JsonNode body = json.readTree(bodies.json(request));
        if (!body.isObject()) {
            throw Problems.badRequest("The body is a JSON object.");
        }
        return body;
    }

    private static void requireOnly(JsonNode body, Set<String> known) {
        List<String> unknown = body.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw Problems.badRequest(unknown.getFirst() + " is nothing that is taken here.");
        }
    }

    private static int number(JsonNode body, String name, int usual) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!value.isInt()) {
            throw Problems.badRequest(name + " is a whole number.");
        }
        return value.asInt();
    }

    private static WorkloadPlan checked(Supplier<WorkloadPlan> plan) {
        try {
            return plan.get();
        } catch (IllegalArgumentException outOfBounds) {
            throw Problems.badRequest(outOfBounds.getMessage() + ".");
        }
    }
}
