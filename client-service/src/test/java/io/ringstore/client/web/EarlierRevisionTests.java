package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a key held can be read as of any revision that is kept; of any other the answer says why not. */
@WebTest
class EarlierRevisionTests {

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private RawHttp http;

    private long put(String key, String value) {
        Answer put = http.put("/v1/kv/" + key, value.getBytes(StandardCharsets.UTF_8), "Content-Type: text/" + value);
        return Long.parseLong(put.header("ringstore-revision"));
    }

    private Answer get(String key, long revision, String... headers) {
        return http.request("GET", "/v1/kv/" + key + "?revision=" + revision, headers);
    }

    @Test
    void withTheBytesTheTypeAndTheTagOfThen() {
        long first = put("past/k", "one");
        put("past/other", "x");
        long second = put("past/k", "two");

        for (long revision = first; revision < second; revision++) {
            Answer got = get("past/k", revision);
            assertThat(got.text()).isEqualTo("one");
            assertThat(got.header("content-type")).isEqualTo("text/one");
            assertThat(got.header("etag")).isEqualTo("\"" + first + "\"");
        }
        assertThat(get("past/k", second).text()).isEqualTo("two");
        assertThat(get("past/k", first, "Accept: application/json").text())
                .contains("\"value\":\"one\"", "\"revision\":" + first);
        assertThat(get("past/k", first, "If-None-Match: \"" + first + "\"").status())
                .isEqualTo(304);
    }

    @Test
    void alsoOfAKeyThatIsDeletedNow() {
        long first = put("past/deleted", "one");
        http.request("DELETE", "/v1/kv/past/deleted");

        assertThat(get("past/deleted", first).text()).isEqualTo("one");
        assertProblem(get("past/deleted", first + 1), 404, "There was no key past/deleted at revision " + (first + 1));
        assertProblem(get("past/deleted", first - 1 == 0 ? first + 1 : first - 1), 404, "no-such-key");
    }

    @Test
    void ofWhatWasLetGoIs410() {
        long first = put("past/gone", "one");
        long second = put("past/gone", "two");
        cluster.store.compactTo(second);

        assertProblem(get("past/gone", first), 410, "problems/compacted", "\"compactedRevision\":" + second);
        assertThat(get("past/gone", second).text()).isEqualTo("two");
        assertProblem(http.request("GET", "/v1/log?from=" + second), 410, "\"compactedRevision\":" + second);
        assertThat(http.request("GET", "/v1/log?from=" + (second + 1)).status()).isEqualTo(200);
    }

    @Test
    void aRequestWhoseRecordIsLetGoIsStillKnownToBeCommitted() {
        Answer put = http.put("/v1/kv/past/known", new byte[1], "Idempotency-Key: known-but-gone");
        cluster.store.compactTo(Long.parseLong(put.header("ringstore-revision")));

        assertThat(http.request("GET", "/v1/requests/known-but-gone").text())
                .contains("\"status\":\"COMMITTED\"", "\"revision\":" + put.header("ringstore-revision"))
                .doesNotContain("\"key\"");
        Answer again = http.put("/v1/kv/past/known", new byte[1], "Idempotency-Key: known-but-gone");
        assertThat(again.status()).isIn(200, 201);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    }

    @Test
    void ofWhatIsNotThereYetIs503() {
        long last = put("past/future", "one");

        assertProblem(get("past/future", last + 1_000), 503, "revision-ahead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1.5", "99999999999999999999", "%00", "1e3", "%zz"})
    void ofARevisionThatIsNoneIs400(String revision) {
        assertProblem(http.request("GET", "/v1/kv/past/k?revision=" + revision), 400);
    }
}
