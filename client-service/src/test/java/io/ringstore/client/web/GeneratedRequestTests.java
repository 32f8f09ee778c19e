package io.ringstore.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.web.HostileRequests.Hostile;
import io.ringstore.client.web.RawHttp.Answer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

/**
 * Whatever is sent to whatever endpoint: an answer comes, it is one that the document describes, and it tells nothing of
 * what is inside. {@code -Dringstore.seed=…} sends the same requests again, {@code -Dringstore.requests=…} more.
 */
@WebTest
@DirtiesContext // streams that were begun and left are nobody else's
class GeneratedRequestTests {

    private static final Logger log = LoggerFactory.getLogger(GeneratedRequestTests.class);

    /** Of what is no described operation any more; never a 500. */
    private static final Set<Integer> REFUSALS =
            Set.of(400, 401, 403, 404, 405, 406, 410, 411, 412, 413, 414, 415, 417, 422, 429, 431, 501, 505);

    private static final Pattern INSIDES = Pattern.compile(
            "Exception|Throwable|java\\.|jakarta\\.|\\borg\\.|io\\.ringstore\\.|tomcat|\tat |<html",
            Pattern.CASE_INSENSITIVE);

    /** Of what it refuses, a server reads no more; who goes on sending may not hear the answer. */
    private static final int TAKEN_IN_PASSING = 1_000;

    private static final Duration A_HANG = Duration.ofSeconds(9);

    private final long seed = Long.getLong("ringstore.seed", new SplittableRandom().nextLong());
    private final int count = Integer.getInteger("ringstore.requests", 3_000);

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private RawHttp http;

    @Test
    void everyAnswerIsADescribedOneAndTheRingIsUnharmed() {
        log.info("hostile requests seed={} count={}", seed, count);
        cluster.backup(() -> FakeCluster.backupOf(new ByteArrayInputStream(new byte[12]), 12));
        var api = new ApiDescription(http.request("GET", "/v3/api-docs").body());
        var requests = new HostileRequests(seed, api.operations());
        List<String> wrong = new ArrayList<>();
        Map<Integer, Integer> statuses = new HashMap<>();
        for (int i = 0; i < count && wrong.size() < 5; i++) {
            Hostile request = requests.next();
            String complaint;
            long began = System.nanoTime();
            try {
                Answer answer = http.sendAll(request.head(), request.body());
                statuses.merge(answer.status(), 1, Integer::sum);
                complaint = complaint(request, answer);
            } catch (RuntimeException | AssertionError none) {
                complaint = "no answer: " + none;
            }
            if (complaint == null && System.nanoTime() - began > A_HANG.toNanos()) {
                complaint = "answered, but only after " + Duration.ofNanos(System.nanoTime() - began);
            }
            if (complaint != null) {
                wrong.add("request %d: %s%n%s%s".formatted(i, complaint, request.head(), start(request.body())));
            }
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
        assertThat(statuses).as("seed %d reached something", seed).containsKeys(200, 400, 404, 405);
        assertThat(statuses.getOrDefault(0, 0))
                .as("seed %d: connections closed without an answer", seed)
                .isLessThan(count / 20);
        assertThat(http.put("/v1/kv/after-all", "x".getBytes(StandardCharsets.US_ASCII))
                        .status())
                .isEqualTo(201);
        assertThat(http.request("GET", "/v1/kv/after-all").text()).isEqualTo("x");
    }

    private static @Nullable String complaint(Hostile request, Answer answer) {
        int status = answer.status();
        if (status == 0 && mayHaveNoHead(request, answer)) {
            return INSIDES.matcher(answer.text()).find() ? "it tells too much: " + answer.text() : null;
        }
        boolean described = request.operation() != null && request.operation().hasStatus(status);
        boolean ahead =
                status == 503 && answer.text().contains("revision-ahead"); // what a damaged head can still ask for
        if (!described && !ahead && (status < 200 || status >= 300) && !REFUSALS.contains(status)) {
            return "answered " + status + " " + answer.text();
        }
        if (INSIDES.matcher(answer.head()).find()) {
            return "the head tells too much: " + answer.head();
        }
        if (status >= 400 && answer.body().length > 0) {
            if (!answer.header("content-type").equals("application/problem+json")) {
                return "no problem document: " + answer.head();
            }
            return INSIDES.matcher(answer.text()).find() ? "it tells too much: " + answer.text() : null;
        }
        return null;
    }

    /** Where the first line is none, Tomcat may take it for HTTP/0.9, whose answers have no head. */
    private static boolean mayHaveNoHead(Hostile request, Answer answer) {
        return request.operation() == null
                || request.body().length > TAKEN_IN_PASSING
                || answer.text().contains("\"status\":400");
    }

    private static String start(byte[] body) {
        return new String(body, 0, Math.min(body.length, 200), StandardCharsets.ISO_8859_1);
    }
}
