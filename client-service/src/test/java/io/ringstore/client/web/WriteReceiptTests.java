package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.json.JsonAssert;
import org.springframework.test.json.JsonCompareMode;

/** What a committed write is answered. */
@WebTest
class WriteReceiptTests {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @Autowired
    private RawHttp http;

    private static void assertJson(String expected, Answer answer) {
        JsonAssert.comparator(JsonCompareMode.STRICT).assertIsMatch(expected, answer.text());
    }

    @Test
    void aReceiptHasTheShapeOfTheContract() {
        Answer put = http.put(
                "/v1/kv/shape", HELLO, "Idempotency-Key: shape-1", "Ringstore-Client-Timestamp: 1764000000123");

        assertThat(put.status()).isEqualTo(201);
        String revision = put.header("ringstore-revision");
        assertJson("""
                {"status":"COMMITTED","requestId":"shape-1","key":"shape","revision":%s,"clientTimestamp":1764000000123,
                 "token":{"epoch":7,"hop":1042,"sync":2},"store":{"via":1,"primary":0,"term":3}}""".formatted(revision), put);
        assertThat(put.header("etag")).isEqualTo("\"" + revision + "\"");
        assertThat(put.header("ringstore-token")).isEqualTo("7.1042");
        assertThat(put.header("ringstore-sync")).isEqualTo("sync-2");
        assertThat(put.header("ringstore-store")).isEqualTo("store-1");
        assertThat(put.header("idempotency-key")).isEqualTo("shape-1");
        assertThat(put.header("idempotency-replayed")).isEmpty();
        assertThat(put.header("server-timing")).matches("queue;dur=[\\d.]+, ring;dur=[\\d.]+, store;dur=1\\.500");
    }

    @Test
    void aReplacedKeyIs200AndANewOne201() {
        assertThat(http.put("/v1/kv/twice", HELLO).status()).isEqualTo(201);
        assertThat(http.put("/v1/kv/twice", HELLO).status()).isEqualTo(200);
        assertThat(http.request("DELETE", "/v1/kv/twice").status()).isEqualTo(200);
        assertThat(http.request("DELETE", "/v1/kv/twice").status()).isEqualTo(404);
    }

    @Test
    void aConditionalWriteRepeatedUnderItsKeyGetsItsOriginalReceipt() {
        String[] headers = {"If-None-Match: *", "Idempotency-Key: replay/1", "Ringstore-Client-Timestamp: 1"};
        Answer first = http.put("/v1/kv/replay", HELLO, headers);
        http.put("/v1/kv/replay", HELLO);
        headers[2] = "Ringstore-Client-Timestamp: 2";
        Answer again = http.put("/v1/kv/replay", HELLO, headers);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertJson(
                "{\"requestId\":\"replay/1\",\"status\":\"COMMITTED\",\"receipt\":" + first.text() + "}",
                http.request("GET", "/v1/requests/replay%2F1"));
    }

    @Test
    void aWriteWithoutAnIdempotencyKeyIsToldTheOneMadeForIt() {
        assertThat(http.put("/v1/kv/made", HELLO).header("idempotency-key"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/plain", "application/*", "application/json;q=0.5, image/png"})
    void aReceiptComesWhateverHarmlessThingIsAccepted(String accept) {
        Answer put = http.put("/v1/kv/accept", HELLO, "Accept: " + accept);

        assertThat(put.status()).isIn(200, 201);
        assertThat(put.header("content-type")).isEqualTo("application/json");
        assertThat(put.text()).contains("\"status\":\"COMMITTED\"");
    }

    @Test
    void theAssignmentsRequestIsTaken() {
        Answer post = http.postJson(
                "/v1/writes",
                "{\"clientId\":\"C1\",\"resource\":\"assigned\",\"value\":\"x\",\"timestamp\":1764000000123}");

        assertThat(post.status()).isEqualTo(201);
        assertThat(post.text()).contains("\"key\":\"assigned\"", "\"clientTimestamp\":1764000000123");
        assertThat(post.header("server-timing")).contains("store;dur=");
        assertThat(http.request("GET", "/v1/log?from=" + post.header("ringstore-revision"))
                        .text())
                .contains("\"client\":\"C1\"", "\"value\":\"x\"", "\"storedAt\":\"2025-11-24T16:00:00.123Z\"");
    }

    @Test
    void anArrayIsAnsweredElementByElementInOrder() {
        Answer post = http.postJson(
                "/v1/writes",
                "[{\"resource\":\"m1\",\"value\":\"1\",\"requestId\":\"same\"},"
                        + "{\"resource\":\"m2\",\"value\":\"2\",\"requestId\":\"same\"},{\"resource\":\"m3\",\"value\":\"3\"}]");

        assertThat(post.status()).isEqualTo(200);
        assertThat(post.text())
                .matches(
                        "\\{\"results\":\\[\\{\"status\":\"COMMITTED\".*\"key\":\"m1\".*"
                                + "\\{\"status\":\"(REJECTED|COMMITTED)\".*\\{\"status\":\"COMMITTED\".*\"key\":\"m3\".*\\]\\}");
    }

    @Test
    void oneBadElementOfAnArrayKeepsAllFromBeingWritten() {
        Answer post = http.postJson("/v1/writes", "[{\"resource\":\"never\",\"value\":\"1\"},{\"value\":\"2\"}]");

        assertThat(post.status()).isEqualTo(400);
        assertThat(http.request("GET", "/v1/kv/never").status()).isEqualTo(404);
    }

    @Test
    void theRingAndTheClusterAreShown() {
        assertThat(http.request("GET", "/v1/ring").text())
                .contains("\"size\":5,\"epoch\":7,\"hop\":1042,\"holder\":\"sync-2\"", "\"id\":\"sync-0\"");
        assertThat(http.request("GET", "/v1/cluster").text())
                .contains("\"cluster\":\"ringstore\"", "\"role\":\"PRIMARY\"", "\"client\":[{\"id\":\"client-0\"");
    }
}
