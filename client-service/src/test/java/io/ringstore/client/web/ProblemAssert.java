package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.util.List;

/** What every problem document has, and what none may have. */
final class ProblemAssert {

    private ProblemAssert() {}

    static void assertProblem(Answer answer, int status, String... parts) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text())
                .contains("\"type\":\"https://ringstore.io/problems/", "\"title\":", "\"status\":" + status)
                .contains("\"instance\":", "\"retryable\":", "\"node\":")
                .doesNotContain("Exception", "java", "localhost", "org.");
        assertThat(List.of(parts)).allSatisfy(part -> assertThat(answer.text()).contains(part));
    }
}
