package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.fake.Results;
import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Row by row, the part of the error table that is the caller's to mend; the rest is in {@link OutcomeProblemTests}. */
@WebTest
class ErrorTableTests {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private RawHttp http;

    private void everyNodeAnswers(WriteResult result) {
        cluster.syncs.forEach(sync -> sync.does(Results.all(result)));
    }

    private int callsSoFar() {
        return cluster.syncs.stream().mapToInt(sync -> sync.calls().size()).sum();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Idempotency-Key: has blank      | Idempotency-Key has 1 to 255 visible ASCII
            Ringstore-Client: a b           | Ringstore-Client has
            Ringstore-Client-Timestamp: now | whole number of milliseconds
            If-Match: 7                     | If-Match is one revision in quotes
            If-None-Match: "7"              | If-None-Match of a write is *
            Content-Range: bytes 0-1/2      | without Content-Range
            """)
    void aBadHeaderIs400AndNothingIsWritten(String header, String detail) {
        int before = callsSoFar();
        assertProblem(http.put("/v1/kv/bad", HELLO, header), 400, "\"outcome\":\"not-applied\"", detail);
        assertThat(callsSoFar()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                        | does not have the form
            7                                        | A write is a JSON object
            {"resource":"R1"}                        | needs resource and value
            {"resource":"","value":"x"}              | at least one character
            {"resource":"a\\ud800","value":"x"}      | half of a surrogate pair
            {"resource":"a\\u0000","value":"x"}      | no NUL
            {"resource":"a","value":"\\udc00"}       | half of a surrogate pair
            {"resource":"a","value":{}}              | does not have the form
            {"resource":"a","value":"","timestamp":"x"} | does not have the form
            []                                       | 1 to 1000 writes
            """)
    void aBodyThatMakesNoSenseIs400(String body, String detail) {
        assertProblem(http.postJson("/v1/writes", body), 400, "\"outcome\":\"not-applied\"", detail);
    }

    @Test
    void aKeyIsNeverEmptyNorLongerThan1KiB() {
        assertProblem(http.put("/v1/kv/", HELLO), 400, "at least one character");
        assertProblem(http.put("/v1/kv/" + "k".repeat(1_025), HELLO), 400, "at most 1024 bytes");
        assertThat(http.put("/v1/kv/" + "k".repeat(1_024), HELLO).status()).isEqualTo(201);
    }

    @Test
    void aStoreThatHasNoRoomIs507AndSaysWhatItStillTakes() {
        everyNodeAnswers(WriteResult.of(Status.FULL));
        Answer answer = http.put("/v1/kv/a", HELLO);
        assertProblem(answer, 507, "store-full", "\"outcome\":\"not-applied\"", "Deletes");
        assertThat(answer.header("retry-after")).isNotEmpty();
    }

    @Test
    void aReadThatMakesNoSenseIs400() {
        assertProblem(http.request("GET", "/v1/log?from=0"), 400, "from is at least 1");
        assertProblem(http.request("GET", "/v1/log?from=abc"), 400);
        assertProblem(http.request("GET", "/v1/kv/a?consistency=eventual"), 400, "consistency is");
        assertProblem(http.request("GET", "/v1/kv/a?consistency=session"), 400, "minRevision");
        assertProblem(http.request("GET", "/v1/requests/"), 400, "A request id");
    }

    @Test
    void whatIsNotThereIs404() {
        assertProblem(http.request("GET", "/v1/kv/nothing"), 404, "no-such-key");
        assertProblem(http.request("GET", "/v1/kv/nothing", "Accept: image/png"), 404, "no-such-key");
        assertProblem(http.request("GET", "/v1/requests/nothing"), 404, "no-such-request");
        assertProblem(http.request("GET", "/v2/nothing"), 404, "not-found");
        assertProblem(http.request("GET", "/error"), 404);
        assertProblem(http.request("DELETE", "/v1/kv/nothing"), 404, "\"outcome\":\"not-applied\"");
    }

    @Test
    void methodAcceptOrContentTypeThatAreNotServedAre405And406And415() {
        int before = callsSoFar();
        assertProblem(http.request("POST", "/v1/kv/a"), 405, "\"outcome\":\"not-applied\"");
        assertProblem(http.put("/v1/kv/a", HELLO, "Accept: image/png"), 406, "\"outcome\":\"not-applied\"");
        assertProblem(http.put("/v1/kv/a", HELLO, "Accept: nonsense"), 406, "\"outcome\":\"not-applied\"");
        assertProblem(http.put("/v1/kv/a", HELLO, "Content-Encoding: gzip"), 415, "\"outcome\":\"not-applied\"");
        assertProblem(
                http.send(
                        "a=b".getBytes(StandardCharsets.UTF_8),
                        "POST /v1/writes HTTP/1.1",
                        "Host: h",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: 3"),
                415,
                "\"outcome\":\"not-applied\"");
        assertThat(callsSoFar()).isEqualTo(before);
    }

    @Test
    void aRequestThatIsBeingWrittenRightNowIs409() {
        CountDownLatch decided = new CountDownLatch(1);
        cluster.syncs.forEach(sync -> sync.does(Results.after(decided, cluster.store::commit)));
        int before = callsSoFar();
        var first = CompletableFuture.supplyAsync(() -> http.put("/v1/kv/busy", HELLO, "Idempotency-Key: busy"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> callsSoFar() > before);

        Answer second = http.put("/v1/kv/busy", HELLO, "Idempotency-Key: busy");
        decided.countDown();

        assertProblem(second, 409, "\"outcome\":\"not-applied\"", "\"instance\":\"/v1/requests/busy\"");
        assertThat(second.header("retry-after")).isEqualTo("1");
        assertThat(first.join().status()).isEqualTo(201);
    }

    @Test
    void anIdempotencyKeyOlderThanTheWindowIs410() {
        everyNodeAnswers(WriteResult.of(Status.KEY_EXPIRED));
        assertProblem(http.put("/v1/kv/a", HELLO), 410, "\"outcome\":\"not-applied\"");
    }

    @Test
    void aFailedConditionIs412WithTheCurrentETag() {
        http.put("/v1/kv/guarded", HELLO);
        String current = http.put("/v1/kv/guarded", HELLO).header("etag");

        Answer wrong = http.put("/v1/kv/guarded", HELLO, "If-Match: \"9999\"");
        assertProblem(wrong, 412, "\"outcome\":\"not-applied\"", "\"currentRevision\":");
        assertThat(wrong.header("etag")).isEqualTo(current);
        assertProblem(http.put("/v1/kv/guarded", HELLO, "If-None-Match: *"), 412);
        assertProblem(http.put("/v1/kv/absent", HELLO, "If-Match: *"), 412, "does not exist");
        assertThat(http.put("/v1/kv/guarded", HELLO, "If-Match: " + current).status())
                .isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIs413AndSaysTheLimit() {
        byte[] limit = new byte[256 << 10];
        assertThat(http.put("/v1/kv/large", limit).status()).isEqualTo(201);
        assertProblem(http.put("/v1/kv/large", new byte[limit.length + 1]), 413, "\"limit\":262144", "not-applied");

        String chunk = "a".repeat(0x10000);
        String chunks = ("10000\r\n" + chunk + "\r\n").repeat(4) + "1\r\na\r\n0\r\n\r\n";
        assertProblem(
                http.send(
                        chunks.getBytes(StandardCharsets.US_ASCII),
                        "PUT /v1/kv/large HTTP/1.1",
                        "Host: h",
                        "Transfer-Encoding: chunked"),
                413,
                "\"limit\":262144");
    }

    @Test
    void aReusedIdempotencyKeyIs422() {
        everyNodeAnswers(WriteResult.of(Status.KEY_REUSED));
        Answer answer = http.put("/v1/kv/a", HELLO, "Idempotency-Key: a\"b{c");
        assertProblem(
                answer, 422, "\"outcome\":\"not-applied\"", "\"requestId\":\"a\\\"b{c\"", "/v1/requests/a%22b%7Bc");
    }

    @Test
    void aFullQueueIs429WithRetryAfter() {
        everyNodeAnswers(WriteResult.of(Status.QUEUE_FULL));
        Answer answer = http.put("/v1/kv/a", HELLO);
        assertProblem(answer, 429, "\"outcome\":\"not-applied\"", "\"retryable\":true");
        assertThat(answer.header("retry-after")).isEqualTo("1");
    }
}
