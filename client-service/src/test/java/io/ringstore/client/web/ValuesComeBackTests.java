package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What was put is what is got: the same bytes, the same Content-Type, under the same key. */
@WebTest
class ValuesComeBackTests {

    private static final byte[] VALUE = "a=1&b=%20two\r\n--x\r\n\u00e9\u0000".getBytes(StandardCharsets.UTF_8);

    @Autowired
    private RawHttp http;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data;boundary=x",
                "application/json",
                "image/png",
                "text/html;charset=iso-8859-1",
                "application/problem+json",
                "no-media-type-at-all",
                "*/*",
                ";;;="
            })
    void withAnyContentType(String type) {
        Answer put = http.put("/v1/kv/any", VALUE, "Content-Type: " + type);
        assertThat(put.status()).as(put.text()).isIn(200, 201);

        Answer got = http.request("GET", "/v1/kv/any");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(VALUE);
        assertThat(got.header("content-type")).isEqualTo(type);
    }

    @Test
    void withoutAContentTypeAsBytes() {
        http.put("/v1/kv/untyped", VALUE);

        Answer got = http.request("GET", "/v1/kv/untyped");
        assertThat(got.body()).isEqualTo(VALUE);
        assertThat(got.header("content-type")).isEqualTo("application/octet-stream");
    }

    @Test
    void empty() {
        assertThat(http.put("/v1/kv/empty", new byte[0], "Content-Type: text/plain")
                        .status())
                .isEqualTo(201);

        Answer got = http.request("GET", "/v1/kv/empty");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body()).isEmpty();
        assertThat(got.header("content-length")).isEqualTo("0");
    }

    @Test
    void sentInChunks() {
        byte[] chunks = "3\r\na=b\r\n2\r\n&c\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        Answer put = http.send(
                chunks,
                "PUT /v1/kv/chunks HTTP/1.1",
                "Host: h",
                "Transfer-Encoding: chunked",
                "Content-Type: application/x-www-form-urlencoded");
        assertThat(put.status()).isEqualTo(201);
        assertThat(http.request("GET", "/v1/kv/chunks").text()).isEqualTo("a=b&c");
    }

    @Test
    void askedForByHeadWithTheSameHeadersAndNoBody() {
        http.put("/v1/kv/head", VALUE, "Content-Type: text/plain");

        Answer head = http.request("HEAD", "/v1/kv/head");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo(String.valueOf(VALUE.length));
        assertThat(head.header("etag")).startsWith("\"");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void asJsonWithMetadataIfJsonIsAskedFor() {
        http.put("/v1/kv/meta", "hello".getBytes(StandardCharsets.UTF_8), "Content-Type: text/plain");
        http.put("/v1/kv/binary", new byte[] {(byte) 0xff}, "Content-Type: text/plain");

        Answer text = http.request("GET", "/v1/kv/meta", "Accept: application/json, */*");
        assertThat(text.header("content-type")).isEqualTo("application/json");
        assertThat(text.text()).contains("\"value\":\"hello\"", "\"contentType\":\"text/plain\"", "\"op\":\"put\"");
        assertThat(http.request("GET", "/v1/kv/binary", "Accept: application/json")
                        .text())
                .contains("\"valueBase64\":\"/w==\"")
                .doesNotContain("\"value\":");
    }

    @Test
    void notAgainIfTheCallerHasIt() {
        String etag = http.put("/v1/kv/known", VALUE).header("etag");

        Answer again = http.request("GET", "/v1/kv/known", "If-None-Match: \"0\", W/" + etag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("etag")).isEqualTo(etag);
        assertThat(http.request("GET", "/v1/kv/known", "If-None-Match: garbage").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a%2Fb%2fc",
                "a//b",
                "//",
                "/",
                "a;v=1",
                "a%3Bb",
                "a%20b+c",
                "%E2%82%AC",
                "%25",
                "a%5Cb",
                ".",
                "a/..b",
                "a/../b",
                "x?",
                "q%3Fa=b",
                "%01",
                "~!$&'()*,=:@"
            })
    void underTheKeyAsItStands(String key) {
        byte[] value = key.getBytes(StandardCharsets.UTF_8);
        Answer put = http.put("/v1/kv/" + key, value, "Content-Type: text/plain");
        assertThat(put.status()).as(put.text()).isIn(200, 201);

        Answer got = http.request("GET", "/v1/kv/" + key);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(value);
    }

    @Test
    void andNoKeyIsTakenForAnother() {
        http.put("/v1/kv/one/two", "slash".getBytes(StandardCharsets.UTF_8));
        http.put("/v1/kv/one//two", "slashes".getBytes(StandardCharsets.UTF_8));
        http.put("/v1/kv/one/./two", "dot".getBytes(StandardCharsets.UTF_8));

        assertThat(http.request("GET", "/v1/kv/one/two").text()).isEqualTo("slash");
        assertThat(http.request("GET", "/v1/kv/one%2Ftwo").text()).isEqualTo("slash");
        assertThat(http.request("GET", "/v1/kv/one//two").text()).isEqualTo("slashes");
        assertThat(http.request("GET", "/v1/kv/one/./two").text()).isEqualTo("dot");
        assertThat(http.request("GET", "/v1/%6Bv;a=b/one/two").text()).isEqualTo("slash");
    }
}
