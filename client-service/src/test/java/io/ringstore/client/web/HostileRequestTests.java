package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever bytes arrive, the answer is a problem document that tells nothing of what is inside. */
@WebTest
class HostileRequestTests {

    private static final byte[] NOTHING = {};

    @Autowired
    private RawHttp http;

    private static void assertRefused(Answer answer, int... statuses) {
        assertThat(statuses).as(answer.head() + answer.text()).contains(answer.status());
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text())
                .contains("\"type\":\"https://ringstore.io/problems/", "\"status\":" + answer.status())
                .doesNotContainIgnoringCase("exception", "tomcat", "org.", "java", "<html");
        assertThat(answer.head()).doesNotContainIgnoringCase("tomcat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/kv/%00",
                "/v1/kv/%ff",
                "/v1/kv/%c0%af",
                "/v1/kv/%zz",
                "/v1/kv/%",
                "/v1/kv/a|b{c}",
                "/v1/kv/\u00ff",
                "/v1/kv/../../..",
                "/v1/kv/%2e%2e/%2e%2e/%2e%2e/x",
                "/v1/log?from=%zz",
                "nonsense"
            })
    void aPathThatIsNoneIs400(String target) {
        assertRefused(http.request("GET", target), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "//evil.example/v1/kv/a",
                "/v1",
                "/v1//kv/a",
                "/V1/kv/a",
                "/actuator/health",
                "/ring/token/x"
            })
    void anUnknownPathIs404(String target) {
        assertRefused(http.request("GET", target), 404, 401);
    }

    @Test
    void aRequestLineThatIsNoneIs400() {
        assertRefused(http.send("NONSENSE\r\n\r\n"), 400);
        assertRefused(http.send(NOTHING, "GET /v1/kv/a HTTP/1.1"), 400); // no Host
        assertRefused(http.send(NOTHING, "GET /v1/kv/a HTTP/9.9", "Host: h"), 505, 400);
    }

    @Test
    void headersThatAreTooLargeAre431() {
        assertRefused(http.request("GET", "/v1/kv/a", "X: " + "x".repeat(9_000)), 431);
    }

    @Test
    void bodiesOfContradictoryLengthAre400() {
        assertRefused(http.request("PUT", "/v1/kv/a", "Content-Length: abc"), 400);
        assertRefused(http.request("PUT", "/v1/kv/a", "Transfer-Encoding: nonsense"), 501, 400);
        byte[] chunks = "zz\r\nhello\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertRefused(http.send(chunks, "PUT /v1/kv/a HTTP/1.1", "Host: h", "Transfer-Encoding: chunked"), 400);
    }

    @Test
    void methodsNobodyServesAre405Or501() {
        assertRefused(http.request("TRACE", "/v1/kv/a"), 405);
        assertRefused(http.request("BREW", "/v1/kv/a"), 405, 501);
        assertRefused(http.request("CONNECT", "/v1/kv/a"), 400, 405, 501);
    }
}
