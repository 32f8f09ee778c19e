package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The console is served as it is, under a policy that lets it load nothing from elsewhere. */
@WebTest
class ConsolePageTests {

    @Autowired
    private RawHttp http;

    @ParameterizedTest
    @CsvSource({"/, text/html", "/console/console.js, text/javascript", "/console/console.css, text/css"})
    void everyFileComesWithItsTypeAndThePolicy(String path, String type) {
        Answer answer = http.request("GET", path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head())
                .contains("Content-Type: " + type)
                .contains("default-src 'none'; script-src 'self'")
                .contains("X-Content-Type-Options: nosniff");
    }

    @Test
    void everyFileThePageNamesIsServed() {
        String page = new String(http.request("GET", "/").body(), StandardCharsets.UTF_8);
        assertThat(Pattern.compile("(?:src|href)=\"(?!data:)([^\"]+)\"")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(
                        path -> assertThat(http.request("GET", path).status()).isEqualTo(200));
    }
}
