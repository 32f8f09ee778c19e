package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.ApiDescription.Operation;
import io.ringstore.client.web.RawHttp.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Every endpoint of the document asks for its role, and a token for some keys is good for no others. */
@WebTest
@TestPropertySource(properties = "ringstore.access.tokens=src/test/resources/api-tokens")
class RolesTests {

    /** In the order of what they may. */
    private static final List<String> ROLES = List.of("nobody", "reader", "writer", "admin");

    private static final Map<String, String> TOKENS =
            Map.of("reader", "rita-token", "writer", "walter-token", "admin", "ada-token");

    private static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("PUT /v1/kv/{key}", "writer"),
            Map.entry("DELETE /v1/kv/{key}", "writer"),
            Map.entry("GET /v1/kv/{key}", "reader"),
            Map.entry("HEAD /v1/kv/{key}", "reader"),
            Map.entry("GET /v1/kv", "reader"),
            Map.entry("POST /v1/writes", "writer"),
            Map.entry("POST /v1/txn", "writer"),
            Map.entry("GET /v1/watch", "reader"),
            Map.entry("GET /v1/log", "reader"),
            Map.entry("GET /v1/requests/{id}", "reader"),
            Map.entry("GET /v1/ring", "reader"),
            Map.entry("GET /v1/ring/events", "reader"),
            Map.entry("GET /v1/cluster", "reader"),
            Map.entry("GET /v1/admin/snapshot", "admin"),
            Map.entry("GET /v3/api-docs", "nobody"));

    private static final String FRED = bearer("fred-token");

    @Autowired
    private RawHttp http;

    private ApiDescription api;

    @BeforeEach
    void read() {
        api = new ApiDescription(http.request("GET", "/v3/api-docs").body());
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    @Test
    void everyOperationOfTheDocumentStandsInTheTable() {
        assertThat(api.operations().stream().map(RolesTests::name).collect(Collectors.toSet()))
                .isEqualTo(NEEDED.keySet());
    }

    private static String name(Operation operation) {
        return operation.method() + " " + operation.path();
    }

    @Test
    void everyEndpointLetsThoseInWhoseRoleCoversItAndNobodyElse() {
        for (Operation operation : api.operations()) {
            JsonNode tried = operation.description().get("x-tried").get(0);
            int needed = ROLES.indexOf(NEEDED.get(name(operation)));
            for (String role : ROLES) {
                String token = TOKENS.get(role);
                Answer answer = token == null
                        ? ApiDescription.send(http, operation.method(), tried)
                        : ApiDescription.send(http, operation.method(), tried, bearer(token));
                int allowed = ROLES.indexOf(role);
                if (allowed >= needed) {
                    assertThat(answer.status())
                            .as("%s by %s", name(operation), role)
                            .isNotIn(0, 401, 403);
                } else {
                    assertThat(answer.status())
                            .as("%s by %s", name(operation), role)
                            .isEqualTo(token == null ? 401 : 403);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer wrong",
                "Authorization: Bearer",
                "Authorization: Basic d2FsdGVyOndhbHRlci10b2tlbg==",
                "Authorization: walter-token",
                "Authorization: Bearer walter-token walter-token"
            })
    void whatIsNoKnownTokenIs401AndSaysHowToAsk(String header) {
        Answer answer = http.put("/v1/kv/R1", new byte[1], header);
        assertProblem(answer, 401, "not-authenticated", "\"outcome\":\"not-applied\"", "token is not known");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    }

    /** Whatever is not named asks for the most, so other spellings of a path lead nowhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/%61dmin/snapshot",
                "/v1/admin;x/snapshot",
                "//v1/kv/R1",
                "/v1;x/kv/R1",
                "/console/../v1/log",
                "/console/%2e%2e/v1/log",
                "/v3/api-docs/../../v1/log",
                "/v1/kvx",
                "/error"
            })
    void anotherSpellingOpensNothing(String path) {
        assertThat(http.request("GET", path).status()).isIn(400, 401, 404);
        assertThat(http.request("GET", path, bearer("rita-token")).status()).isIn(400, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v3/api-docs.html", "/console/app.js"})
    void pagesAreForEverybody(String path) {
        assertThat(http.request("GET", path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /v1/kv/veg/leek
            GET    | /v1/kv/veg/leek?revision=1
            GET    | /v1/kv/veg/leek?wait=1s
            HEAD   | /v1/kv/veg/leek
            PUT    | /v1/kv/veg/leek
            PUT    | /v1/kv/fruit
            DELETE | /v1/kv/veg/leek
            GET    | /v1/kv
            GET    | /v1/kv?prefix=fru
            GET    | /v1/kv?prefix=veg/
            GET    | /v1/log
            GET    | /v1/watch
            GET    | /v1/watch?prefix=fruit
            """)
    void aTokenForSomeKeysIsGoodForNoOthers(String method, String path) {
        Answer answer = http.request(method, path, FRED, "If-None-Match: \"0\"");
        assertThat(answer.status()).isEqualTo(403);
        if (!method.equals("HEAD")) {
            assertProblem(answer, 403, "not-allowed", "fruit/");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/writes | {"resource":"veg/leek","value":"x"}
            /v1/writes | [{"resource":"fruit/fig","value":"x"},{"resource":"veg/leek","value":"x"}]
            /v1/txn    | {"then":[{"op":"get","key":"veg/leek"}]}
            /v1/txn    | {"then":[{"op":"put","key":"fruit/fig","value":"x"}],"else":[{"op":"delete","key":"veg/leek"}]}
            /v1/txn    | {"compare":[{"key":"veg/leek","target":"exists","result":"equal","exists":true}],"then":[{"op":"get","key":"fruit/fig"}]}
            """)
    void noPartOfAWriteMayBeElsewhere(String path, String body) {
        assertProblem(http.postJson(path, body, FRED), 403, "not-allowed", "\"outcome\":\"not-applied\"");
        assertThat(http.request("GET", "/v1/kv/fruit/fig", FRED).status()).isEqualTo(404);
    }

    @Test
    void aTokenForSomeKeysIsGoodForThose() {
        assertThat(http.put("/v1/kv/a%20blank/key", new byte[1], FRED).status()).isEqualTo(201);
        assertThat(http.request("GET", "/v1/kv?prefix=a%20blank/", FRED).text()).contains("a blank/key");
        assertThat(http.request("GET", "/v1/watch?prefix=a%20blank/k", FRED).status())
                .isEqualTo(200);
        assertThat(http.postJson("/v1/txn", "{\"then\":[{\"op\":\"get\",\"key\":\"fruit/fig\"}]}", FRED)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRequestIsLookedUpByWhoMadeItAndByAdmins() {
        http.put("/v1/kv/fruit/plum", new byte[1], FRED, "Idempotency-Key: plum-1");

        assertThat(http.request("GET", "/v1/requests/plum-1", FRED).status()).isEqualTo(200);
        assertThat(http.request("GET", "/v1/requests/plum-1", bearer("ada-token"))
                        .status())
                .isEqualTo(200);
        assertThat(http.request("GET", "/v1/requests/plum-1", bearer("walter-token"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void everyRecordSaysWhoWroteIt() {
        http.put("/v1/kv/fruit/pear", new byte[] {'x'}, FRED, "Ringstore-Client: somebody-else");

        Answer value = http.request("GET", "/v1/kv/fruit/pear", bearer("rita-token"));
        assertThat(value.header("ringstore-principal")).isEqualTo("fred");
        assertThat(http.request("GET", "/v1/log", bearer("rita-token")).text()).contains("\"principal\":\"fred\"");
        assertThat(http.request("GET", "/v1/kv/fruit/pear", FRED, "Accept: application/json")
                        .text())
                .contains("\"principal\":\"fred\"");
    }
}
