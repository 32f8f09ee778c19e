package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A long poll is answered when its key is no longer what the caller knows, or when the wait is over. */
@WebTest
class LongPollTests {

    private static final Executor THREADS = Thread::startVirtualThread;

    @Autowired
    private RawHttp http;

    @Autowired
    private MeterRegistry meters;

    private String put(String key, String value, String... headers) {
        return http.put("/v1/kv/" + key, value.getBytes(StandardCharsets.UTF_8), headers)
                .header("etag");
    }

    /** Returns once the gateway holds it. */
    private CompletableFuture<Answer> poll(String key, String wait, String known, String... headers) {
        int before = waiting();
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("If-None-Match: " + known);
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(
                () -> http.request("GET", "/v1/kv/" + key + "?wait=" + wait, all.toArray(String[]::new)), THREADS);
        Awaitility.await().until(() -> waiting() > before || answer.isDone());
        return answer;
    }

    private int waiting() {
        return (int)
                meters.get("ringstore.watch.open").tag("kind", "poll").gauge().value();
    }

    private static Answer answerOf(CompletableFuture<Answer> poll) throws Exception {
        return poll.get(20, TimeUnit.SECONDS);
    }

    @Test
    void theNextPutAnswersItWithAllThatAReadWouldSay() throws Exception {
        String known = put("polled/k", "one");
        var poll = poll("polled/k", "20s", known);
        put("polled/other", "x");
        assertThat(poll).isNotDone();

        String next = put("polled/k", "two", "Content-Type: text/odd; a=;b");

        Answer answer = answerOf(poll);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("two");
        assertThat(answer.header("etag")).isEqualTo(next);
        assertThat(answer.header("content-type")).startsWith("text/odd");
        assertThat(answer.header("ringstore-lag")).isEqualTo("0");
    }

    @Test
    void asJsonToo() throws Exception {
        var poll = poll("polled/json", "20s", put("polled/json", "one"), "Accept: application/json");
        put("polled/json", "two");

        assertThat(answerOf(poll).text()).contains("\"value\":\"two\"");
    }

    @Test
    void aDeleteAnswersItWith404() throws Exception {
        var poll = poll("polled/deleted", "20s", put("polled/deleted", "one"));
        http.request("DELETE", "/v1/kv/polled/deleted");

        assertProblem(answerOf(poll), 404, "no-such-key");
    }

    @Test
    void whoKnowsWhateverExistsWaitsOverPutsForADelete() throws Exception {
        put("polled/any", "one");
        var poll = poll("polled/any", "20s", "*");
        put("polled/any", "two");
        Awaitility.await().until(() -> waiting() == 1);
        assertThat(poll).isNotDone();
        http.request("DELETE", "/v1/kv/polled/any");

        assertProblem(answerOf(poll), 404, "no-such-key");
    }

    @Test
    void aKeyThatDoesNotExistIsKnownAsRevision0() throws Exception {
        var poll = poll("polled/born", "20s", "\"0\"");
        put("polled/born", "first");

        assertThat(answerOf(poll).text()).isEqualTo("first");
        assertProblem(http.request("GET", "/v1/kv/polled/never?wait=1s", "If-None-Match: \"7\""), 404);
        assertProblem(http.request("GET", "/v1/kv/polled/never?wait=1s", "If-None-Match: *"), 404);
    }

    @Test
    void whatHasChangedAlreadyIsAnsweredAtOnce() {
        String known = put("polled/changed", "one");
        put("polled/changed", "two");

        assertThat(http.request("GET", "/v1/kv/polled/changed?wait=60s", "If-None-Match: " + known)
                        .text())
                .isEqualTo("two");
    }

    @Test
    void noChangeWithinTheWaitIs304() {
        String known = put("polled/same", "one");

        Answer answer = http.request("GET", "/v1/kv/polled/same?wait=50ms", "If-None-Match: " + known);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("etag")).isEqualTo(known);
        assertThat(answer.body()).isEmpty();
        assertThat(http.request("HEAD", "/v1/kv/polled/same?wait=50ms", "If-None-Match: W/" + known)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void oneWriteAnswersEverybodyWhoWaitsForIt() throws Exception {
        String known = put("polled/many", "one");
        List<CompletableFuture<Answer>> polls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            polls.add(poll("polled/many", "20s", known));
        }
        String next = put("polled/many", "two");

        for (var poll : polls) {
            assertThat(answerOf(poll).header("etag")).isEqualTo(next);
        }
        Awaitility.await().until(() -> waiting() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "0ms", "-1s", "30", "1m", "61s", "60001ms", "s", "1.5s", "999999999999s", "1s1s"})
    void aWaitThatMakesNoSenseIs400(String wait) {
        assertProblem(http.request("GET", "/v1/kv/polled/k?wait=" + wait, "If-None-Match: \"1\""), 400, "wait is");
    }

    @Test
    void waitingForNothingInParticularIs400() {
        assertProblem(http.request("GET", "/v1/kv/polled/k?wait=1s"), 400, "If-None-Match");
        assertProblem(
                http.request("GET", "/v1/kv/polled/k?wait=1s&revision=1", "If-None-Match: \"1\""), 400, "revision");
    }
}
