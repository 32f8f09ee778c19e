package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.fake.Results;
import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What did not work on our side says whether the write may have been applied. */
@WebTest
class OutcomeProblemTests {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private RawHttp http;

    private void everyNodeAnswers(WriteResult result) {
        cluster.syncs.forEach(sync -> sync.does(Results.all(result)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"NOT_READY", "DEADLINE", "FENCED"})
    void aWriteThatCertainlyWasNotAppliedIs503WithRetryAfter(Status refusal) {
        everyNodeAnswers(WriteResult.of(refusal));
        Answer answer = http.put("/v1/kv/a", HELLO, "Idempotency-Key: certain");
        assertProblem(
                answer,
                503,
                "\"outcome\":\"not-applied\"",
                "\"retryable\":true",
                "\"node\":\"sync-",
                "\"requestId\":\"certain\"",
                "\"instance\":\"/v1/requests/certain\"");
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.header("idempotency-key")).isEqualTo("certain");
    }

    @Test
    void aWriteThatMayHaveBeenAppliedIs504Unknown() {
        cluster.syncs.getFirst().does(Results.all(Status.UNKNOWN));
        cluster.syncs.subList(1, 5).forEach(sync -> sync.does(Results.all(Status.DEADLINE)));
        cluster.syncs.get(4).does(Results.fails(Results.lostConnection()));

        assertProblem(http.put("/v1/kv/a", HELLO), 504, "\"outcome\":\"unknown\"", "\"retryable\":true");
    }

    @Test
    void anAnswerThatMakesNoSenseIs504UnknownAndNeverABare500() {
        cluster.syncs.forEach(sync -> sync.does(Results.fails(new IllegalStateException("org.example.Broken"))));
        assertProblem(http.put("/v1/kv/a", HELLO), 504, "\"outcome\":\"unknown\"");
    }

    @Test
    void aStoreThatDoesNotAnswerReadsIs503WithRetryAfter() {
        cluster.store.failsWith(Results.refusedConnection());
        Answer answer = http.request("GET", "/v1/kv/a");
        assertProblem(answer, 503, "store-unavailable", "\"retryable\":true");
        assertThat(answer.header("retry-after")).isEqualTo("1");
    }

    @Test
    void whatWeDidNotThinkOfIsA500WithoutDetailsOnAReadOnly() {
        cluster.store.failsWith(new IllegalStateException("org.example.Secret at localhost"));
        assertProblem(http.request("GET", "/v1/kv/a"), 500, "internal");
    }
}
