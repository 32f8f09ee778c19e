package io.ringstore.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.process.LocalCluster;
import io.ringstore.process.OnProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/** What the console promises to those who look at it, seen with Chromium. */
@EnabledIf(value = "io.ringstore.browser.ConsoleTests#canBeSeen", disabledReason = "needs chromium and chromedriver")
@OnProcesses
class ConsoleTests {

    private static final List<String> VIEWS = List.of("ring", "timeline", "data", "workload", "scenarios", "labs");

    private static Browser browser;

    private final LocalCluster cluster;
    private long before;

    ConsoleTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /** Both are Debian packages that {@code .ci/run} installs; elsewhere the build says that nobody looked. */
    static boolean canBeSeen() {
        return System.getenv("CI") != null || (isInstalled("chromium") && isInstalled("chromedriver"));
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @BeforeEach
    void open() throws Exception {
        before = cluster.lastRevision();
        browser.size(1280, 900);
        look("ring");
        browser.complaints();
    }

    /** The cluster is judged by its whole log, so it is told what was written here. */
    @AfterEach
    void adopt() throws Exception {
        cluster.adopt(before);
    }

    private void look(String view) {
        browser.open(cluster.gateway().resolve("/"));
        browser.run("location.hash = arguments[0]", view);
        eventually().until(() -> browser.text("#link").equals("Live") && browser.count(".view-" + view) == 1);
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    @Test
    void everyViewIsForEverybodyComplainsOfNothingAndAsksNobodyElse() throws IOException {
        String axe = new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
        browser.requests();
        for (String view : VIEWS) {
            look(view);
            browser.run(axe);
            for (String theme : List.of("light", "dark")) {
                for (int width : List.of(390, 1280)) {
                    browser.size(width, 900);
                    browser.run("document.documentElement.dataset.theme = arguments[0]", theme);
                    assertThat(barriers())
                            .as("%s, %s, %d wide", view, theme, width)
                            .isEmpty();
                    assertThat(browser.run("return document.documentElement.scrollWidth")
                                    .asInt())
                            .as("width that %s needs", view)
                            .isLessThanOrEqualTo(width);
                }
            }
        }
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked)
                        .matches(address -> "data".equals(address.getScheme())
                                || cluster.gateway().getAuthority().equals(address.getAuthority())));
    }

    /** What axe-core, from npm as it is there, finds serious: Maven's repositories do not have it. */
    private static List<String> barriers() {
        return browser.await("""
            axe.run().then((found) => done(found.violations
                .filter((each) => each.impact === 'serious' || each.impact === 'critical')
                .map((each) => each.id + ' ' + each.nodes[0].html)))\
            """).valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void theTokenMovesAndWritesLightUpTheirWay() throws Exception {
        String from = browser.attribute(".token", "transform");
        try (Trickle _ = new Trickle(cluster.gateway())) {
            eventually()
                    .until(() -> !String.valueOf(browser.attribute(".token", "transform"))
                            .equals(from));
            eventually().until(() -> browser.count(".arrow.w1") == 1 && browser.count(".arrow.w5") == 1);
        }
        assertThat(browser.text(".steps")).contains("W1", "W3", "W4", "W5", "sends the batch to store-");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aWriteIsAnsweredWithItsReceiptAndAppearsInTheLogAndAmongTheKeys() {
        look("data");
        write("console-key", "seen in a browser");

        eventually().until(() -> browser.text(".receipts li:first-child").contains("committed"));
        assertThat(browser.text(".receipts .way")).contains("gateway → sync-").contains("→ store-");
        eventually()
                .until(() -> browser.text("[aria-label='Records of the log'] tbody tr:first-child")
                        .contains("seen in a browser"));
        browser.fill("input[placeholder='all keys']", "console-");
        eventually()
                .until(() ->
                        browser.text("[aria-label='Keys and values'] tbody").contains("console-key"));
        assertThat(browser.complaints()).isEmpty();
    }

    private static void write(String key, String value) {
        browser.fill("[name=key]", key);
        browser.fill("[name=value]", value);
        browser.click(".write-form button");
    }

    @Test
    void aWriteThatWaitsSaysWhy() throws Exception {
        look("data");
        cluster.pause("store-1");
        cluster.pause("store-2");
        try {
            write("waits", "for a majority");
            eventually().until(() -> browser.text(".receipts .waits").contains("no majority: 1 of 3"));
        } finally {
            cluster.resume("store-1");
            cluster.resume("store-2");
        }
        eventually().until(() -> browser.count(".receipts .waits") == 0);
    }

    @Test
    void aScenarioEndsWithItsVerdict() {
        look("scenarios");
        eventually().until(() -> browser.count("button[aria-label^='Do it: mute']") == 1);

        browser.click("button[aria-label^='Do it: mute']");

        eventually().until(() -> browser.text(".verdict.good").contains("Kept its promise"));
        assertThat(browser.text(".verdict")).contains("Nothing acknowledged is lost", "without an acknowledged write");
        assertThat(browser.text(".steps")).contains("is mute.", "can be reached again.");
    }

    @Test
    void thePausedTokenWaitsForTheNextHop() {
        eventually().until(() -> browser.count(".motion button") == 2);
        browser.click(".motion button");
        eventually().until(() -> browser.text(".motion [role=status]").contains("is about to pass the token"));
        String before = browser.text(".motion [role=status]");
        browser.click(".motion button + button");
        eventually().until(() -> {
            String now = browser.text(".motion [role=status]");
            return now.contains("is about to pass the token") && !now.equals(before);
        });
        browser.click(".motion button");
        eventually().until(() -> browser.text(".motion button").equals("Pause"));
    }

    @Test
    void aKilledNodeShowsAsAwayUntilItIsBack() throws Exception {
        try (Trickle _ = new Trickle(cluster.gateway())) {
            cluster.kill("sync-3");
            eventually().until(() -> !"UP".equals(browser.attribute("[data-node=sync-3]", "data-status")));
            cluster.start("sync-3");
            eventually()
                    .until(() -> "UP".equals(browser.attribute("[data-node=sync-3]", "data-status"))
                            && browser.attribute("[data-node=sync-3]", "data-mark") == null);
        }
    }

    @Test
    void itSaysThatItIsStaleWhileTheGatewayIsAwayAndGoesOnByItself() throws Exception {
        cluster.stop("client-0");
        eventually().until(() -> browser.text("#link").startsWith("Stale"));
        cluster.start("client-0");
        eventually().until(() -> browser.text("#link").equals("Live"));
    }

    @Test
    void theTimelinePutsEventsInTheOrderOfTheTokenAndTakesOnlyRecordings() throws Exception {
        look("timeline");
        try (Trickle _ = new Trickle(cluster.gateway())) {
            eventually().until(() -> browser.count(".moment.written") > 0 && browser.count(".message.passed") > 0);
        }
        JsonNode read = browser.await("""
            import('/console/views/history.js').then(({ inOrder, readRecording }) => {
              const late = { at: '', node: 'sync-1', event: 'stamped', epoch: 2, hop: 3 };
              const early = { at: '', node: 'sync-0', event: 'passed', epoch: 1, hop: 9 };
              const suspicion = { at: '', node: 'sync-0', event: 'suspected', to: 'sync-1' };
              const says = (text) => { try { return readRecording(text).moments.length; } catch (refused) { return refused.message; } };
              const file = { kind: 'ringstore-timeline', nodes: ['sync-0'], stores: [], moments: [late] };
              done([inOrder([late, early, suspicion]).map((moment) => moment.event).join(), says('{'), says('{}'),
                says(JSON.stringify(file)), says(JSON.stringify({ ...file, moments: [{ event: 'alert' }] }))]);
            })\
            """);
        assertThat(read.valueStream().map(JsonNode::asString))
                .containsExactly(
                        "passed,suspected,stamped",
                        "This file is not JSON.",
                        "This file is not a timeline that the console exported.",
                        "1",
                        "The file has moments that are none.");
        browser.click(".controls button");
        assertThat(browser.text(".controls button")).isEqualTo("Go on");
        assertThat(browser.complaints()).isEmpty();
    }
}
