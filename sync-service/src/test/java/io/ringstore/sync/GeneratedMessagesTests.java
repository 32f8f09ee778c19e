package io.ringstore.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.cluster.Fence;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.WriteOutcome;
import io.ringstore.sync.write.WaitingClients;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Thousands of messages of which some part makes no sense: each gets an answer of the tables, what is refused is counted
 * and does not reach the loop, and the next good one is taken. {@code -Dringstore.seed=…} sends the same ones again.
 */
@EdgeTest
class GeneratedMessagesTests {

    private static final Logger LOG = LoggerFactory.getLogger(GeneratedMessagesTests.class);
    private static final int MESSAGES = Integer.getInteger("ringstore.requests", 3_000);
    private static final Set<Integer> REFUSED_AT_THE_EDGE = Set.of(400, 401);
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "\"\"",
            "\"x\"",
            "\"\\ud800\"",
            "-1",
            "0",
            "1.5",
            "1e400",
            "-0.0",
            "[]",
            "{}",
            "[[null]]",
            "9223372036854775807",
            "99999999999999999999",
            "\"mallory\"",
            "[-1,null,null]",
            "[1,2]",
            "\"\\u0000\"");

    private static final Pattern VALUE = Pattern.compile(":(\"[^\"]*\"|-?\\d+|\\[[^]{]*])");

    @LocalServerPort
    private int port;

    @Autowired
    private FakeInbox inbox;

    @Autowired
    private WaitingClients clients;

    @Autowired
    private MeterRegistry meters;

    private final long seed = Long.getLong("ringstore.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    @BeforeEach
    void theLoopRefusesWhatReachesIt() {
        inbox.reset();
        inbox.whenSubmitted(event -> {
            if (event instanceof RingEvent.WritesRequested(var requests)) {
                requests.forEach(request -> clients.answer(
                        request.ticket(), new WriteOutcome.NotCommitted(WriteOutcome.Reason.DEADLINE), 0));
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/ring/token | STALE  | {'cluster':'ringstore','cfg':1,'from':'sync-0','epoch':7,'hop':4,'vec':[5,null,null],'hlc':9}",
                "/ring/copy  | STALE  | {'token':{'cluster':'ringstore','cfg':1,'from':'sync-0','epoch':7,'hop':4,'vec':[5,null,null],'hlc':9},'to':'sync-2'}",
                "/ring/wake  | REPORT | {'cluster':'ringstore','from':'sync-0','cfg':1,'oldest':5,'incarnation':'life'}",
                "/ring/bye   | REPORT | {'cluster':'ringstore','from':'sync-0'}",
                "/sync/writes| REPORT | [{'requestId':'a','op':'put','key':'k','value':'aGVsbG8=','ifRevision':1,'patienceMs':50}]"
            })
    void whatMakesNoSenseIsRefusedCountedAndWithoutEffect(String path, String reply, String template) {
        LOG.info("generated messages path={} seed={}", path, seed);
        String good = template.replace('\'', '"');
        inbox.replies(reply.equals("STALE") ? new PeerReply.Stale(new Fence(8, 1)) : FakeInbox.REPORT);
        Http member = new Http(port, EdgeTest.SECRET);
        Http stranger = new Http(port, "a-guess-at-the-secret");
        Map<Integer, Integer> statuses = new TreeMap<>();
        double counted = counted();
        int refused = 0;
        for (int i = 0; i < MESSAGES; i++) {
            String body = damaged(good);
            inbox.events.clear();

            HttpResponse<String> answer = (random.nextInt(50) == 0 ? stranger : member).post(path, body);

            int status = answer.statusCode();
            statuses.merge(status, 1, Integer::sum);
            refused += status >= 400 ? 1 : 0;
            assertThat(inbox.events)
                    .as("seed %d, message %d to %s was answered %d: %.300s", seed, i, path, status, body)
                    .hasSize(REFUSED_AT_THE_EDGE.contains(status) ? 0 : 1);
            assertThat(status)
                    .as("seed %d, message %d to %s: %.300s", seed, i, path, body)
                    .isLessThan(500);
        }
        assertThat(statuses).as("seed %d", seed).containsKeys(400, 401);
        assertThat(statuses.keySet()).as("seed %d", seed).isSubsetOf(200, 202, 400, 401, 409);

        inbox.events.clear();
        int status = member.post(path, good).statusCode();
        assertThat(status).as("a good one").isNotIn(REFUSED_AT_THE_EDGE);
        assertThat(inbox.events).hasSize(1);

        double expected = counted + refused + (status >= 400 ? 1 : 0);
        await("an answer is counted after it is sent")
                .untilAsserted(() -> assertThat(counted()).isEqualTo(expected));
    }

    /** One value, one piece, or the end of a message is not what it should be. */
    private String damaged(String good) {
        int from = random.nextInt(good.length());
        return switch (random.nextInt(8)) {
            case 0 -> good.substring(0, from);
            case 1 -> good.substring(0, from) + "}\u0000,[{\"\u00e9".charAt(random.nextInt(7)) + good.substring(from);
            case 2 -> good.substring(0, from) + good.substring(Math.min(good.length(), from + 1 + random.nextInt(9)));
            case 3 -> random.nextInt(20) == 0 ? "[".repeat(10_000) : odd();
            default -> withOddValue(good);
        };
    }

    private String withOddValue(String good) {
        List<MatchResult> values = VALUE.matcher(good).results().toList();
        MatchResult value = values.get(random.nextInt(values.size()));
        return good.substring(0, value.start(1)) + odd() + good.substring(value.end(1));
    }

    private String odd() {
        return ODD.get(random.nextInt(ODD.size()));
    }

    private double counted() {
        return meters.find("ringstore.refused").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
