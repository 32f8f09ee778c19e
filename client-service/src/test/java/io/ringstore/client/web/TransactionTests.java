package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.json.JsonAssert;
import org.springframework.test.json.JsonCompareMode;

/** How transactions are asked for and answered; what they do is the store's business. */
@WebTest
class TransactionTests {

    private static final String EVERYTHING = """
            {"compare":[{"key":"R1","target":"value","result":"equal","value":"hello"},
                        {"key":"R1","target":"value","result":"greater","valueBase64":"AP8="},
                        {"key":"R1","target":"revision","result":"less","revision":9},
                        {"key":"R1","target":"exists","result":"notEqual","exists":false}],
             "then":[{"op":"put","key":"R1","value":"x"},{"op":"delete","key":"R2"},{"op":"get","key":"R3"},
                     {"op":"get","key":"\u00ff"},{"op":"put","key":"R5","valueBase64":"AP8=","contentType":"image/png"}],
             "else":[{"op":"get","key":"R1"}]}""";

    @Autowired
    private RawHttp http;

    private static void assertJson(String expected, Answer answer) {
        JsonAssert.comparator(JsonCompareMode.STRICT).assertIsMatch(expected, answer.text());
    }

    @Test
    void theAnswerSaysWhatBecameOfEachStep() {
        Answer answer = http.postJson("/v1/txn", EVERYTHING, "Idempotency-Key: txn-1");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertJson("""
                {"succeeded":true,"revision":44,"results":[{"op":"put","key":"R1","revision":44},
                 {"op":"delete","key":"R2","revision":null},
                 {"op":"get","key":"R3","revision":7,"value":"R3","contentType":"text/plain"},
                 {"op":"get","key":"\u00ff","revision":7,"valueBase64":"/w==","contentType":"text/plain"},
                 {"op":"put","key":"R5","revision":44}]}""", answer);
        assertThat(answer.header("ringstore-revision")).isEqualTo("44");
        assertThat(answer.header("ringstore-token")).isEqualTo("7.1042");
        assertThat(answer.header("idempotency-key")).isEqualTo("txn-1");
        assertThat(answer.header("etag")).isEmpty();
        assertThat(answer.header("server-timing")).contains("store;dur=");
    }

    @Test
    void againItIsTheSameAnswerAndCanBeLookedUp() {
        Answer first = http.postJson("/v1/txn", EVERYTHING, "Idempotency-Key: txn-2");
        Answer again = http.postJson("/v1/txn", EVERYTHING, "Idempotency-Key: txn-2");

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertJson("""
                {"requestId":"txn-2","status":"COMMITTED","succeeded":true,
                 "receipt":{"status":"COMMITTED","requestId":"txn-2","revision":44,
                 "token":{"epoch":7,"hop":1042,"sync":2},"store":{"via":1,"primary":0,"term":3}}}""", http.request("GET", "/v1/requests/txn-2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            []                                                                 | A transaction is a JSON object.
            {}                                                                 | A transaction does something in then or in else.
            {"then":{}}                                                        | then is a list.
            {"then":[],"when":[]}                                              | The transaction: when does not belong here.
            {"then":[7]}                                                       | then[0]: op is a text, and must be there.
            {"then":[{"op":"post","key":"a"}]}                                 | then[0]: op is put, delete or get.
            {"else":[{"op":"get"}]}                                            | else[0]: key is a text, and must be there.
            {"else":[{"op":"get","key":""}]}                                   | A key has at least one character.
            {"else":[{"op":"get","key":"a","value":"x"}]}                      | else[0]: value does not belong here.
            {"then":[{"op":"get","key":"a"},{"op":"put","key":"b"}]}           | then[1]: either value or valueBase64 must be there.
            {"then":[{"op":"put","key":"b","valueBase64":"?"}]}                | then[0]: valueBase64 is no base64.
            {"then":[{"op":"put","key":"b","value":"x","contentType":"a\\r\\nb"}]} | contentType has visible ASCII characters.
            {"then":[{"op":"get","key":"a"},{"op":"delete","key":"a"}]}        | Not so: a key stands at most once in each branch, not so a.
            {"compare":[{"key":"a","target":"age","result":"equal"}],"then":[{"op":"get","key":"a"}]}                       | compare[0]: target is value, revision or exists.
            {"compare":[{"key":"a","target":"value","result":"like","value":"x"}],"then":[{"op":"get","key":"a"}]}          | compare[0]: result is equal, notEqual, greater or less.
            {"compare":[{"key":"a","target":"revision","result":"equal","value":"1"}],"then":[{"op":"get","key":"a"}]}      | compare[0]: value does not belong here.
            {"compare":[{"key":"a","target":"revision","result":"equal","revision":"1"}],"then":[{"op":"get","key":"a"}]}   | compare[0]: revision is a whole number, 0 for a key that does not exist, and must be there.
            {"compare":[{"key":"a","target":"exists","result":"less","exists":true}],"then":[{"op":"get","key":"a"}]}       | compare[0]: exists is equal or notEqual.
            """)
    void whatIsNotUnderstoodIsRefusedAndTheAnswerSaysWhere(String body, String detail) {
        Answer answer = http.postJson("/v1/txn", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains(json(detail), "\"outcome\":\"not-applied\"");
    }

    private static String json(String text) {
        return "\"detail\":\"" + text + "\"";
    }

    @Test
    void whatIsTooLargeIsRefused() {
        String twoHundred = "x".repeat(200 << 10);
        String three = then(IntStream.range(0, 3).mapToObj(key -> put("k" + key, twoHundred)));
        String gets = then(IntStream.range(0, 129).mapToObj("{\"op\":\"get\",\"key\":\"k%d\"}"::formatted));

        assertThat(http.postJson("/v1/txn", three).text())
                .contains("bad-transaction", "keys and values of a transaction have at most 524288 bytes");
        assertThat(http.postJson("/v1/txn", gets).text()).contains("at most 128 steps in each branch");
        assertThat(http.postJson("/v1/txn", then(Stream.of(put("k", "x".repeat(257 << 10)))))
                        .status())
                .isEqualTo(413);
    }

    private static String put(String key, String value) {
        return "{\"op\":\"put\",\"key\":\"" + key + "\",\"value\":\"" + value + "\"}";
    }

    private static String then(Stream<String> steps) {
        return steps.collect(Collectors.joining(",", "{\"then\":[", "]}"));
    }

    @Test
    void aConditionInAHeaderIsNotOverlooked() {
        Answer answer = http.postJson("/v1/txn", EVERYTHING, "If-Match: *");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("says in compare");
    }
}
