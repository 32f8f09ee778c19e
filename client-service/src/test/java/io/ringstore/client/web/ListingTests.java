package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A listing shows every key once, as of one revision, however many pages it takes and whatever is written meanwhile. */
@WebTest
class ListingTests {

    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]*)\"");
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]*)\"");

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private RawHttp http;

    private String put(String key, String value) {
        return http.put("/v1/kv/" + key, value.getBytes(StandardCharsets.UTF_8), "Content-Type: text/plain")
                .header("ringstore-revision");
    }

    private static List<String> keys(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return KEY.matcher(answer.text()).results().map(found -> found.group(1)).toList();
    }

    private static String nextOf(Answer answer) {
        Matcher link = NEXT.matcher(answer.header("link"));
        return link.matches() ? link.group(1) : "";
    }

    private static String cursorOf(Answer answer) {
        Matcher cursor = CURSOR.matcher(answer.text());
        assertThat(cursor.find()).as(answer.text()).isTrue();
        return cursor.group(1);
    }

    @Test
    void onePageNamesKeysWithTheirMetadata() {
        String revision = put("one/a", "hello");
        http.put("/v1/kv/one/b", new byte[] {(byte) 0xff});

        Answer page = http.request("GET", "/v1/kv?prefix=one/");
        assertThat(page.header("content-type")).isEqualTo("application/json");
        assertThat(page.text())
                .contains("{\"key\":\"one/a\",\"revision\":" + revision + ",\"size\":5,\"contentType\":\"text/plain\"}")
                .contains("\"size\":1}", "\"cursor\":null")
                .contains("{\"revision\":" + page.header("ringstore-revision") + ",\"items\":[");
        assertThat(page.header("link")).isEmpty();
    }

    @Test
    void valuesComeAlongIfAskedFor() {
        put("values/a", "hello");
        http.put("/v1/kv/values/b", new byte[] {(byte) 0xff});

        assertThat(http.request("GET", "/v1/kv?prefix=values/&values=true").text())
                .contains("\"value\":\"hello\"", "\"valueBase64\":\"/w==\"");
        assertThat(http.request("GET", "/v1/kv?prefix=values/&values=false").text())
                .doesNotContain("\"value\":", "\"valueBase64\":");
    }

    @Test
    void nextLinksLeadThroughAllKeysAsTheyWereWhenTheFirstPageWasRead() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String key = "pages/k%02d".formatted(i);
            put(key, "v");
            expected.add(key);
        }
        List<String> listed = new ArrayList<>();
        Answer page = http.request("GET", "/v1/kv?prefix=pages/&limit=7");
        String revision = page.header("ringstore-revision");
        while (true) {
            listed.addAll(keys(page));
            assertThat(page.header("ringstore-revision")).isEqualTo(revision);
            put("pages/k%02dnew".formatted(listed.size()), "v");
            http.request("DELETE", "/v1/kv/pages/k20");
            if (nextOf(page).isEmpty()) {
                break;
            }
            assertThat(nextOf(page)).contains("limit=7", "prefix=pages", "cursor=" + cursorOf(page));
            page = http.request("GET", nextOf(page));
        }

        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void aLinkIsAUriWhateverThePrefixIs() {
        for (String key :
                new String[] {"odd%20%3C%3E%26%3D%22/a", "odd%20%3C%3E%26%3D%22/b", "%E2%82%AC+/a", "%E2%82%AC+/b"}) {
            assertThat(http.put("/v1/kv/" + key, new byte[1]).status()).isIn(200, 201);
        }
        for (String prefix : new String[] {"odd%20%3C%3E%26%3D%22/", "%E2%82%AC%2B/"}) {
            Answer first = http.request("GET", "/v1/kv?values=true&limit=1&prefix=" + prefix);
            assertThat(keys(first)).as(first.text()).isNotEmpty();
            Answer second = http.request("GET", nextOf(first));
            assertThat(second.status()).as(nextOf(first) + second.text()).isEqualTo(200);
            assertThat(second.text()).contains("/b\"", "\"value");
            assertThat(nextOf(second)).isEmpty();
        }
    }

    @Test
    void aCursorThatWasCutChangedOrMadeUpIs400() {
        for (int i = 0; i < 3; i++) {
            put("hostile/" + i, "v");
        }
        String good = cursorOf(http.request("GET", "/v1/kv?prefix=hostile/&limit=1"));
        SplittableRandom random = new SplittableRandom(11);
        List<String> bad = new ArrayList<>(List.of("", "x", "%00", "%ff", "null", good + "A", "a".repeat(6_000)));
        for (int length = 0; length < good.length(); length++) {
            bad.add(good.substring(0, length));
            bad.add(good.substring(0, length) + (good.charAt(length) == 'B' ? 'C' : 'B') + good.substring(length + 1));
        }
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            bad.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        for (String cursor : bad) {
            Answer answer = http.request("GET", "/v1/kv?prefix=hostile/&limit=1&cursor=" + cursor);
            assertProblem(answer, 400);
        }
        assertProblem(http.request("GET", "/v1/kv?prefix=hostile&limit=1&cursor=" + good), 400, "another prefix");
        assertThat(keys(http.request("GET", "/v1/kv?prefix=hostile/&limit=1&cursor=" + good)))
                .containsExactly("hostile/1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=0                              | limit is from 1 to 1000
            limit=1001                           | limit is from 1 to 1000
            limit=-1                             | limit is from 1 to 1000
            limit=ten                            |
            limit=99999999999                    |
            values=perhaps                       |
            prefix=%00                           | no NUL
            prefix=a%00                          | no NUL
            consistency=eventual                 | consistency is
            consistency=session                  | minRevision
            consistency=session&minRevision=x    |
            """)
    void aParameterThatMakesNoSenseIs400(String query, String detail) {
        assertProblem(http.request("GET", "/v1/kv?" + query), 400, detail == null ? "" : detail);
    }

    @Test
    void aPrefixIsNotLongerThanAKey() {
        assertProblem(http.request("GET", "/v1/kv?prefix=" + "p".repeat(1_025)), 400, "at most 1024 bytes");
        assertThat(keys(http.request("GET", "/v1/kv?prefix=" + "p".repeat(1_024))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefix=%zz", "prefix=%ff%fe", "cursor=%zz", "&&&===", "prefix"})
    void aQueryOfAnyBytesNeverBreaksAnything(String query) {
        assertThat(http.request("GET", "/v1/kv?" + query).status()).isIn(200, 400);
    }

    @Test
    void aCursorWhoseRevisionIsLetGoIs410AndTellsWhereToGoOn() {
        put("gone/a", "v");
        put("gone/b", "v");
        String cursor = cursorOf(http.request("GET", "/v1/kv?prefix=gone/&limit=1"));
        long revision = Long.parseLong(put("gone/c", "v"));
        cluster.store.compactTo(revision);

        assertProblem(
                http.request("GET", "/v1/kv?prefix=gone/&limit=1&cursor=" + cursor),
                410,
                "problems/compacted",
                "\"compactedRevision\":" + revision);
        assertThat(keys(http.request("GET", "/v1/kv?prefix=gone/"))).hasSize(3);
    }
}
