package io.ringstore.client.web;

import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document of the API, and what it says of values; as much of JSON Schema as it uses. */
final class ApiDescription {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode root;

    ApiDescription(byte[] document) {
        this.root = JSON.readTree(document);
    }

    /** What can be asked: the path as in the document, the method in capitals, and what is said of it. */
    record Operation(String path, String method, JsonNode description, List<JsonNode> parameters) {

        boolean hasStatus(int status) {
            return description.path("responses").has(String.valueOf(status));
        }
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
                if (!each.getKey().equals("parameters")) {
                    List<JsonNode> parameters = new ArrayList<>();
                    path.getValue().path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
                    each.getValue().path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
                    operations.add(new Operation(
                            path.getKey(), each.getKey().toUpperCase(Locale.ROOT), each.getValue(), parameters));
                }
            }
        }
        return operations;
    }

    /** Sends an example, with further headers. */
    static Answer send(RawHttp http, String method, JsonNode tried, String... headers) {
        List<String> lines =
                new ArrayList<>(List.of(method + " " + tried.get("path").asString() + " HTTP/1.1", "Host: h"));
        tried.path("headers")
                .properties()
                .forEach(header ->
                        lines.add(header.getKey() + ": " + header.getValue().asString()));
        lines.addAll(List.of(headers));
        byte[] body = tried.path("body").asString("").getBytes(StandardCharsets.UTF_8);
        if (tried.has("body")) {
            lines.add("Content-Length: " + body.length);
        }
        lines.add("Connection: close");
        return http.sendAll(String.join("\r\n", lines) + "\r\n\r\n", body);
    }

    JsonNode resolve(JsonNode node) {
        JsonNode ref = node.get("$ref");
        return ref == null ? node : resolve(root.at(ref.asString().substring(1)));
    }

    /** What is wrong with a value, by a schema; null if nothing is. */
    @Nullable
    String complaint(JsonNode value, JsonNode schemaOrRef) {
        JsonNode schema = resolve(schemaOrRef);
        JsonNode oneOf = schema.get("oneOf");
        if (oneOf != null) {
            long fits = oneOf.valueStream()
                    .filter(each -> complaint(value, each) == null)
                    .count();
            return fits == 1 ? null : value + " fits " + fits + " of " + oneOf;
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            return value + " is not " + schema.get("const");
        }
        if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
            return value + " is none of " + schema.get("enum");
        }
        if (schema.has("type") && !hasType(value, schema.get("type"))) {
            return value + " is no " + schema.get("type");
        }
        return value.isObject()
                ? ofObject(value, schema)
                : value.isArray() ? ofArray(value, schema) : ofText(value, schema);
    }

    private static boolean hasType(JsonNode value, JsonNode type) {
        if (type.isArray()) {
            return type.valueStream().anyMatch(each -> hasType(value, each));
        }
        return switch (type.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("no type: " + type);
        };
    }

    private @Nullable String ofObject(JsonNode value, JsonNode schema) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asString())) {
                return value + " lacks " + name;
            }
        }
        JsonNode known = schema.path("properties");
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            if (known.has(property.getKey())) {
                String complaint = complaint(property.getValue(), known.get(property.getKey()));
                if (complaint != null) {
                    return property.getKey() + ": " + complaint;
                }
            } else if (schema.has("additionalProperties")) {
                return value + " has " + property.getKey() + ", which nobody described";
            }
        }
        return null;
    }

    private @Nullable String ofArray(JsonNode value, JsonNode schema) {
        for (JsonNode item : value) {
            String complaint = complaint(item, schema.path("items"));
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    private static @Nullable String ofText(JsonNode value, JsonNode schema) {
        boolean fits = !schema.has("pattern")
                || !value.isString()
                || Pattern.compile(schema.get("pattern").asString())
                        .matcher(value.asString())
                        .find();
        return fits ? null : value + " does not match " + schema.get("pattern");
    }
}
