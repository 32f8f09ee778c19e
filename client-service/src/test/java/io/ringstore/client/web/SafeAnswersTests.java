package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever is answered, a browser takes it for what it says it is, shows it in no frame and tells nobody where it was. */
@WebTest
class SafeAnswersTests {

    @Autowired
    private RawHttp http;

    private static void assertSafe(Answer answer) {
        assertThat(answer.head())
                .contains("X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer")
                .containsOnlyOnce("Content-Security-Policy:");
        assertThat(answer.header("content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*");
    }

    @ParameterizedTest
    @CsvSource({
        "200, /",
        "200, /console/app.js",
        "200, /console/views/ring.css",
        "200, /v3/api-docs",
        "200, /v3/api-docs.html",
        "200, /v1/ring",
        "200, /v1/cluster",
        "200, /v1/log",
        "200, /v1/kv",
        "200, /v1/watch",
        "404, /v1/kv/nothing",
        "404, /nothing",
        "400, /v1/log?from=x",
        "400, /v1/kv/%zz"
    })
    void everyAnswerIsSafe(int status, String path) {
        Answer answer = http.request("GET", path);
        assertThat(answer.status()).isEqualTo(status);
        assertSafe(answer);
    }

    @Test
    void aPageThatSomebodyStoredMayDoNothing() {
        assertThat(http.put(
                                "/v1/kv/page",
                                "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8),
                                "Content-Type: text/html")
                        .status())
                .isEqualTo(201);

        Answer page = http.request("GET", "/v1/kv/page");
        assertThat(page.header("content-type")).isEqualTo("text/html");
        assertThat(page.header("content-security-policy")).contains("sandbox");
        assertSafe(page);
    }
}
