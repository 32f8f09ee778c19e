package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lab's paths: one run at a time, bounded, followed to its verdict. */
@WebTest
@TestPropertySource(properties = "ringstore.lab.enabled=true")
class LabTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LONG_RUN =
            "{\"kind\":\"assignment\",\"clients\":1,\"minRequests\":2,\"maxRequests\":2,\"minThinkMillis\":9999,\"maxThinkMillis\":9999}";

    @Autowired
    private RawHttp http;

    private JsonNode over(Answer started) {
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String path = started.header("location");
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> JSON.readTree(http.request("GET", path).body()),
                        run -> !run.get("state").asString().matches("RUNNING|JUDGING"));
    }

    @Test
    void aLoadMakesTheWritesThatItWasAskedForAndEndsWithAVerdict() {
        JsonNode run = over(http.postJson(
                "/v1/lab/workloads", "{\"kind\":\"load\",\"clients\":3,\"rate\":20,\"size\":100,\"seconds\":1}"));

        assertThat(run.get("state").asString()).isEqualTo("DONE");
        assertThat(run.get("acknowledged").asInt()).isEqualTo(20);
        assertThat(run.get("verdict").get("good").asBoolean()).isTrue();
        assertThat(run.get("verdict").get("fairness").get("clients").size()).isEqualTo(3);
        assertThat(run.get("verdict").get("recoveryMillis").isNull()).isTrue();
        assertThat(JSON.readTree(
                        http.request("GET", "/v1/lab/runs/" + run.get("id").asString())
                                .body()))
                .as("a run that is over, looked at later")
                .isEqualTo(run);
    }

    @Test
    void oneRunAtATimeAndWhatIsCancelledIsJudgedAllTheSame() {
        Answer first = http.postJson("/v1/lab/workloads", LONG_RUN);
        String path = first.header("location");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> JSON.readTree(http.request("GET", path).body())
                                .get("acknowledged")
                                .asInt()
                        == 1);

        Answer second = http.postJson("/v1/lab/scenarios/1.3", "{}");
        assertThat(http.request("DELETE", path).status()).isEqualTo(202);
        JsonNode run = over(first);

        assertProblem(second, 409, "lab-is-busy", "is not over");
        assertThat(run.get("state").asString()).isEqualTo("CANCELLED");
        assertThat(run.get("verdict").get("good").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|kind is assignment or load.",
                "[]|The body is a JSON object.",
                "{\"kind\":\"load\",\"rate\":\"many\"}|rate is a whole number.",
                "{\"kind\":\"load\",\"rate\":0}|rate is from 1 to 2000.",
                "{\"kind\":\"load\",\"rate\":2000,\"seconds\":300}|rate times seconds is at most 30000.",
                "{\"kind\":\"load\",\"size\":3000000}|size is from 64 to 4096.",
                "{\"kind\":\"load\",\"clients\":257}|clients is from 1 to 256.",
                "{\"kind\":\"load\",\"speed\":1}|speed is nothing that is taken here.",
                "{\"kind\":\"assignment\",\"minRequests\":51}|minRequests is from 1 to maxRequests",
                "{\"kind\":\"assignment\",\"maxThinkMillis\":10}|minThinkMillis is from 0 to maxThinkMillis",
                "{\"kind\":\"assignment\",\"resources\":0}|resources is from 1 to 100.",
            })
    void aWorkloadOutOfBoundsIsRefusedByName(String body, String detail) {
        assertProblem(http.postJson("/v1/lab/workloads", body), 400, detail);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertProblem(http.postJson("/v1/lab/scenarios/4.2", "{}"), 404, "no-such-scenario", "4.2");
        assertProblem(http.request("GET", "/v1/lab/runs/nonsense"), 404, "no-such-run");
        assertProblem(http.request("DELETE", "/v1/lab/runs/nonsense"), 404, "no-such-run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/lab/scenarios/1.3", "/v1/lab/workloads", "/v1/lab/motion/steps"})
    void aPageOfAnotherSiteCannotStartAnything(String path) {
        byte[] body = "{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Answer form = http.send(
                body, "POST " + path + " HTTP/1.1", "Host: localhost", "Content-Type: text/plain", "Content-Length: 2");

        assertThat(form.status()).isEqualTo(415);
    }

    @Test
    void itListsEachScenarioWithWhatWillHappen() {
        JsonNode lab = JSON.readTree(http.request("GET", "/v1/lab").body());

        assertThat(lab.get("scenarios").valueStream().map(one -> one.get("name").asString()))
                .containsExactly(
                        "1.1",
                        "1.2",
                        "1.3",
                        "2.1",
                        "2.2",
                        "2.3",
                        "two-adjacent",
                        "mute",
                        "deaf",
                        "pause",
                        "partition",
                        "rolling-restart");
        assertThat(lab.get("scenarios").valueStream())
                .allSatisfy(one -> assertThat(one.get("what").asString()).hasSizeGreaterThan(80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab.css", "lab.js", "workload.js", "scenarios.js", "labs.js", "lab-texts.js", "motion.js"})
    void theConsoleHasItsPartForTheLab(String file) {
        assertThat(http.request("GET", "/console/lab/" + file).status()).isEqualTo(200);
    }

    @Test
    void slowMotionNamesTheNodesThatDoNotListenAndHasBounds() {
        JsonNode motion = JSON.readTree(http.request("GET", "/v1/lab/motion").body());

        assertThat(motion.get("silent").size()).isEqualTo(5);
        assertProblem(http.postJson("/v1/lab/motion/steps", "{\"hops\":21}"), 400, "hops is from 1 to 20");
    }
}
