package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A gateway that is not told to be in the lab has nothing of it. */
@WebTest
class NoLabTests {

    @Autowired
    private RawHttp http;

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/lab", "/v1/lab/runs/x", "/v1/lab/motion", "/console/lab/lab.js", "/console/lab/lab.css"})
    void thereIsNothingToSee(String path) {
        assertThat(http.request("GET", path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/lab/workloads", "/v1/lab/scenarios/1.3", "/v1/lab/motion/steps"})
    void thereIsNothingToDo(String path) {
        assertThat(http.postJson(path, "{}").status()).isEqualTo(404);
    }
}
