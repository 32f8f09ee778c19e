package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.web.ApiDescription.Operation;
import io.ringstore.client.web.RawHttp.Answer;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document says what the mappings say, and its examples are answered as it says. */
@WebTest
@DirtiesContext(classMode = ClassMode.BEFORE_CLASS) // examples begin where nothing was written
class ApiDocumentTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private RawHttp http;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private ApiDescription api;

    @BeforeEach
    void read() {
        Answer answer = http.request("GET", "/v3/api-docs");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        api = new ApiDescription(answer.body());
    }

    /** Handlers by method and path, but for the pages for people; a path's last part stands for all that may follow. */
    private Map<String, List<HandlerMethod>> handlers() {
        Map<String, List<HandlerMethod>> handlers = new TreeMap<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> each :
                mappings.getHandlerMethods().entrySet()) {
            Class<?> type = each.getValue().getBeanType();
            if (type != ContainerErrors.class && !type.getSimpleName().equals("ConsolePage")) {
                for (String path : each.getKey().getPatternValues()) {
                    for (RequestMethod method :
                            each.getKey().getMethodsCondition().getMethods()) {
                        if (method != RequestMethod.HEAD) { // where GET is, HEAD is, or is refused
                            handlers.computeIfAbsent(method + " " + path, _ -> new ArrayList<>())
                                    .add(each.getValue());
                        }
                    }
                }
            }
        }
        handlers.remove("GET /v3/api-docs.{kind:html|js|css}");
        return handlers;
    }

    private static String asMapped(Operation operation) {
        return operation.method() + " " + operation.path().replaceFirst("\\{(key|id)}$", "**");
    }

    @Test
    void whatIsMappedIsDescribedAndWhatIsDescribedIsMapped() {
        assertThat(api.operations().stream()
                        .filter(operation -> !operation.method().equals("HEAD"))
                        .map(ApiDocumentTests::asMapped))
                .containsExactlyInAnyOrderElementsOf(handlers().keySet());
    }

    @Test
    void parametersHaveTheNamesAndDefaultsThatTheHandlersTake() {
        Map<String, List<HandlerMethod>> handlers = handlers();
        for (Operation operation : api.operations()) {
            List<HandlerMethod> all =
                    Objects.requireNonNull(handlers.get(asMapped(operation).replaceFirst("^HEAD", "GET")));
            Map<String, String> taken = new TreeMap<>();
            all.forEach(handler -> taken.putAll(queryOf(handler)));
            assertThat(queryOf(operation)).as(asMapped(operation)).isEqualTo(taken);
        }
    }

    private Map<String, String> queryOf(Operation operation) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.get("in").asString().equals("query"))
                .collect(Collectors.toMap(
                        parameter -> parameter.get("name").asString(),
                        parameter -> api.resolve(parameter.get("schema"))
                                .path("default")
                                .asString(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Map<String, String> queryOf(HandlerMethod handler) {
        Map<String, String> query = new TreeMap<>();
        for (Parameter parameter : handler.getMethod().getParameters()) {
            RequestParam declared = parameter.getAnnotation(RequestParam.class);
            if (declared != null) {
                boolean none = declared.defaultValue().equals(ValueConstants.DEFAULT_NONE);
                query.put(parameter.getName(), none ? "" : declared.defaultValue());
            }
        }
        return query;
    }

    @Test
    void everyExampleIsAnsweredAsTheDocumentSays() {
        cluster.backup(() -> FakeCluster.backupOf(new ByteArrayInputStream(new byte[12]), 12));
        List<String> wrong = new ArrayList<>();
        for (Operation operation : api.operations()) {
            for (JsonNode tried : operation.description().get("x-tried")) {
                Answer answer = ApiDescription.send(http, operation.method(), tried);
                String complaint = answer.status() == tried.get("status").asInt()
                        ? complaint(operation, answer)
                        : "answered " + answer.status() + " " + answer.text();
                if (complaint != null) {
                    wrong.add(operation.method() + " " + tried + ": " + complaint);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What of an answer is not as described, null if all is. */
    private @Nullable String complaint(Operation operation, Answer answer) {
        if (!operation.hasStatus(answer.status())) {
            return answer.status() + " is not described";
        }
        JsonNode described =
                api.resolve(operation.description().get("responses").get(String.valueOf(answer.status())));
        for (Map.Entry<String, JsonNode> header : described.path("headers").properties()) {
            String given = answer.header(header.getKey());
            JsonNode schema = api.resolve(api.resolve(header.getValue()).get("schema"));
            JsonNode value = schema.path("type").asString("").equals("integer") && given.matches("-?\\d+")
                    ? JSON.getNodeFactory().numberNode(Long.parseLong(given))
                    : JSON.getNodeFactory().stringNode(given);
            String complaint = given.isEmpty() ? null : api.complaint(value, schema);
            if (complaint != null) {
                return header.getKey() + ": " + complaint;
            }
        }
        String type = answer.header("content-type").replaceFirst(";.*", "");
        JsonNode content = described.path("content");
        if (answer.body().length == 0) {
            return null;
        }
        if (!content.has(type) && !content.has("*/*")) {
            return type + " is not described for " + answer.status();
        }
        return type.endsWith("json")
                ? api.complaint(JSON.readTree(answer.body()), content.get(type).get("schema"))
                : null;
    }

    @Test
    void everyOperationHasAnExampleThatSucceeds() {
        assertThat(api.operations())
                .allSatisfy(operation -> assertThat(
                                operation.description().get("x-tried").valueStream())
                        .as(asMapped(operation))
                        .anyMatch(tried -> tried.get("status").asInt() < 300));
    }

    @Test
    void examplesOfSchemasAndProblemsAreWhatTheyExemplify() {
        JsonNode components = api.root().get("components");
        components
                .get("schemas")
                .valueStream()
                .filter(schema -> schema.has("example"))
                .forEach(schema ->
                        assertThat(api.complaint(schema.get("example"), schema)).isNull());
        components.get("responses").properties().forEach(response -> {
            JsonNode content = response.getValue().get("content").get("application/problem+json");
            assertThat(api.complaint(content.get("example"), content.get("schema")))
                    .isNull();
            assertThat(users(response.getKey()))
                    .as("statuses under which %s is answered", response.getKey())
                    .containsExactly(content.get("example").get("status").asString());
        });
    }

    private Set<String> users(String response) {
        Set<String> statuses = new TreeSet<>();
        String ref = "#/components/responses/" + response;
        for (Operation operation : api.operations()) {
            operation.description().get("responses").properties().stream()
                    .filter(each -> each.getValue().path("$ref").asString("").equals(ref))
                    .forEach(each -> statuses.add(each.getKey()));
        }
        return statuses;
    }

    @Test
    void thePageLoadsNothingFromAnotherHostAndMayNot() {
        for (String kind : List.of("html", "js", "css")) {
            Answer answer = http.request("GET", "/v3/api-docs." + kind);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).startsWith("text/");
            assertThat(answer.header("content-security-policy")).startsWith("default-src 'none'; script-src 'self';");
            assertThat(answer.text()).doesNotContain("http://", "https://", "@import", "innerHTML");
        }
        String page = http.request("GET", "/v3/api-docs.html").text();
        assertThat(Arrays.stream(page.split("\"")).filter(part -> part.startsWith("api-docs.")))
                .containsExactly("api-docs.css", "api-docs.js");
    }
}
