package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The console is served as it is, under a policy that lets it load nothing from elsewhere. */
@WebTest
class ConsolePageTests {

    /** A file of the page, as html or a module names it. */
    private static final Pattern NAME =
            Pattern.compile("(?:src=|href=|from |import )\"((?:/console/|\\./|\\.\\./)[^\"]+)\"");

    @Autowired
    private RawHttp http;

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/console/app.js, text/javascript",
        "/console/app.css, text/css",
        "/console/views/ring.js, text/javascript"
    })
    void everyFileComesWithItsTypeAndThePolicy(String path, String type) {
        Answer answer = http.request("GET", path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head())
                .contains("Content-Type: " + type)
                .contains("default-src 'none'; script-src 'self'")
                .contains("X-Content-Type-Options: nosniff");
    }

    @Test
    void everyFileThatThePageAndItsModulesNameIsServed() {
        Set<String> served = new HashSet<>();
        Deque<String> named = new ArrayDeque<>(List.of("/"));
        while (!named.isEmpty()) {
            String path = named.remove();
            if (served.add(path)) {
                Answer answer = http.request("GET", path);
                assertThat(answer.status()).as(path).isEqualTo(200);
                NAME.matcher(new String(answer.body(), StandardCharsets.UTF_8))
                        .results()
                        .map(found -> URI.create(path).resolve(found.group(1)).toString())
                        .forEach(named::add);
            }
        }
        assertThat(served).contains("/console/cluster.js", "/console/views/timeline.css");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/nothing.js", "/console/index.html", "/console/views/..%2f..%2fopenapi.js"})
    void whatTheConsoleDoesNotHaveIs404(String path) {
        assertThat(http.request("GET", path).status()).isEqualTo(404);
    }
}
