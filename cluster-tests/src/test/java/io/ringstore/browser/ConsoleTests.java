package io.ringstore.browser;

import static io.ringstore.browser.Console.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.process.LocalCluster;
import io.ringstore.process.OnProcesses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the console promises to those who look at it, seen with Chromium. */
@EnabledIf(value = "io.ringstore.browser.Browser#isThere", disabledReason = "needs chromium and chromedriver")
@OnProcesses
class ConsoleTests {

    private static final List<String> VIEWS = List.of("ring", "timeline", "data", "workload", "scenarios", "labs");
    private static final String STATUS_OF_TIMELINE = ".view-timeline [role=status]";

    private static Browser browser;
    private static Console console;
    private static long before;

    private final LocalCluster cluster;

    ConsoleTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void start() throws Exception {
        browser = new Browser();
        console = new Console(browser);
        before = -1;
    }

    @BeforeEach
    void open() throws Exception {
        before = before < 0 ? cluster.lastRevision() : before;
        browser.size(1280, 900);
        console.open(cluster.gateway(), "ring");
        browser.complaints();
    }

    /** The cluster is judged by its whole log, so it is told what was written here. */
    @AfterAll
    static void stop(LocalCluster cluster) throws Exception {
        browser.close();
        cluster.adopt(before);
    }

    @Test
    void everyViewIsForEverybodyComplainsOfNothingAndAsksNobodyElse() {
        browser.requests();
        console.open(cluster.gateway(), "ring");
        assertThat(browser.run("return performance.getEntriesByName('first-contentful-paint').length")
                        .asInt())
                .isEqualTo(1);
        for (String view : VIEWS) {
            console.look(view);
            eventually().until(() -> browser.count(".view-" + view + " h2") > 0);
            console.assertIsForEverybody(view, "light", 1280);
            console.assertIsForEverybody(view, "dark", 390);
        }
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked)
                        .matches(address -> "data".equals(address.getScheme())
                                || cluster.gateway().getAuthority().equals(address.getAuthority())));
    }

    @Test
    void theKeyboardIsEnough() {
        browser.press(Console.TAB);
        assertThat(console.focused()).isEqualTo("Skip to the view");
        browser.press(Console.TAB);
        browser.press(Console.RIGHT);
        assertThat(console.focused()).isEqualTo("Timeline");
        browser.press(Console.ENTER);
        eventually().until(() -> browser.count(".view-timeline") == 1);
        browser.run("document.querySelector('.lamport').focus()");
        browser.press(Console.LEFT);
        eventually().until(() -> browser.text(".controls button").equals("Go on"));
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
        console.look("data");
        console.write("console-key", "seen in a browser");

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

    @Test
    void aWriteThatWaitsSaysWhy() throws Exception {
        console.look("data");
        cluster.pause("store-1");
        cluster.pause("store-2");
        try {
            console.write("waits", "for a majority");
            eventually().until(() -> browser.text(".receipts .waits").contains("no majority: 1 of 3"));
            console.look("ring");
            eventually().until(() -> browser.text(".late:not([hidden])").contains("no majority: 1 of 3"));
        } finally {
            cluster.resume("store-1");
            cluster.resume("store-2");
        }
        eventually().until(() -> browser.count(".late[hidden]") == 1);
    }

    @Test
    void aScenarioIsSeenOnTheRingAndEndsWithItsVerdict() {
        console.look("scenarios");
        eventually().until(() -> browser.count("button[aria-label^='Do it: mute']") == 1);

        browser.click("button[aria-label^='Do it: mute']");

        eventually().until(() -> browser.count(".lab-stage .sync[data-mark=skipped]") == 1);
        eventually().until(() -> browser.text(".verdict.good").contains("Kept its promise"));
        assertThat(browser.text(".verdict")).contains("Nothing acknowledged is lost", "without an acknowledged write");
        assertThat(browser.text(".steps")).contains("is mute.", "can be reached again.");
        console.assertIsForEverybody("a verdict", "dark", 1280);
    }

    @Test
    void thePausedTokenWaitsForTheNextHop() {
        eventually().until(() -> browser.count(".motion button") == 2);
        browser.click(".motion button");
        eventually().until(() -> browser.text(".motion [role=status]").contains("is about to pass the token"));
        String held = browser.text(".motion [role=status]");
        browser.click(".motion button + button");
        eventually().until(() -> {
            String now = browser.text(".motion [role=status]");
            return now.contains("is about to pass the token") && !now.equals(held);
        });
        browser.click(".motion button");
        eventually().until(() -> browser.text(".motion button").equals("Pause"));
    }

    /** Nobody writes, so the ring itself has no reason to hurry. A machine that is busy with other things has three tries. */
    @Test
    void aKilledNodeShowsAsSkippedWithinASecondUntilItIsBack() throws Exception {
        double millis = Double.MAX_VALUE;
        for (int attempt = 0; attempt < 3 && millis >= 1_000; attempt++) {
            millis = millisToSkipped();
        }
        assertThat(millis).isLessThan(1_000);
    }

    /** By the page's clock, from just before the node is killed. */
    private double millisToSkipped() throws Exception {
        browser.run("""
            const shape = document.querySelector('[data-node=sync-3]');
            window.skipped = new Promise((resolve) => new MutationObserver(() =>
              shape.dataset.mark === 'skipped' && resolve(performance.now())).observe(shape, { attributes: true }));
            window.began = performance.now()\
            """);
        cluster.killAtOnce("sync-3");
        double millis =
                browser.await("skipped.then((now) => done(now - began))").asDouble();
        cluster.start("sync-3");
        eventually()
                .until(() -> "UP".equals(browser.attribute("[data-node=sync-3]", "data-status"))
                        && browser.attribute("[data-node=sync-3]", "data-mark") == null);
        return millis;
    }

    @Test
    void whoHasATokenIsLetInAndStaysInWhenTheGatewayComesBack(@TempDir Path folder) throws Exception {
        Path tokens = Files.writeString(
                folder.resolve("tokens"), Console.tokenOf("rita", "reader") + Console.tokenOf("ada", "admin"));
        URI gateway = cluster.addGateway(tokens);
        try {
            browser.open(gateway.resolve("/#scenarios"));
            eventually().until(() -> browser.text("#link").equals("Token needed"));
            console.assertIsForEverybody("signing in", "dark", 1280);
            console.signIn("nobody");
            eventually().until(() -> browser.text(".sign-in [role=alert]").contains("does not know this token"));
            console.signIn("rita");
            eventually()
                    .until(() -> browser.text(".closed").contains("rita has the role reader, and this needs admin"));

            browser.click("#forget");
            eventually().until(() -> browser.count(".sign-in") == 1);
            console.signIn("ada");
            eventually().until(() -> browser.count(".scenario") > 10);

            cluster.stop("client-1");
            eventually().until(() -> browser.text("#link").startsWith("Stale"));
            cluster.start("client-1");
            eventually().until(() -> browser.text("#link").equals("Live"));
        } finally {
            cluster.takeGatewayAway();
        }
    }

    @Test
    void theTimelineIsExportedAndReadInAgainAndNothingElseIs(@TempDir Path folder) throws Exception {
        console.look("timeline");
        try (Trickle _ = new Trickle(cluster.gateway())) {
            eventually().until(() -> browser.count(".moment.written") > 0 && browser.count(".message.passed") > 0);
        }
        browser.saveIn(folder);
        browser.click(".controls button");
        assertThat(browser.text(".controls button")).isEqualTo("Go on");
        console.press("Export SVG");
        assertThat(Console.saved(folder.resolve("ringstore-timeline.svg")))
                .contains("<circle", "sync-4</text>", "store-2</text>");
        console.press("Export JSON");
        String recording = Console.saved(folder.resolve("ringstore-timeline.json"));

        read(folder, severalTimes(recording).replace("sync-4", "elsewhere"));
        eventually().until(() -> browser.text(STATUS_OF_TIMELINE).startsWith("From a file: "));
        assertThat(browser.text(".lamport")).contains("elsewhere").doesNotContain("sync-4");
        console.press("Replay");
        assertThat(browser.text(".controls button:enabled:nth-child(3)")).isEqualTo("Newer");

        read(folder, "{}");
        eventually().until(() -> browser.text(".problem").contains("not a timeline that the console exported"));
        assertThat(browser.complaints()).isEmpty();
    }

    /** With more moments than a window has room for. */
    private static String severalTimes(String recording) {
        return recording.replaceFirst("\"moments\":\\[(.*)]", "\"moments\":[$1,$1,$1,$1,$1,$1,$1,$1,$1,$1]");
    }

    private static void read(Path folder, String recording) throws IOException {
        browser.choose("input[type=file]", Files.writeString(folder.resolve("recording.json"), recording));
    }

    @Test
    void momentsStandInTheOrderOfTheTokenAndOnlyRecordingsAreRead() {
        JsonNode read = browser.await("""
            import('/console/views/history.js').then(({ inOrder, readRecording }) => {
              const late = { at: '', node: 'sync-1', event: 'stamped', epoch: 2, hop: 3 };
              const early = { at: '', node: 'sync-0', event: 'passed', epoch: 1, hop: 9 };
              const sent = { at: '', node: 'sync-0', event: 'passed', to: 'sync-1', epoch: 2, hop: 3 };
              const suspicion = { at: '', node: 'sync-0', event: 'suspected', to: 'sync-1' };
              const says = (text) => { try { return readRecording(text).moments.length; } catch (refused) { return refused.message; } };
              const file = { kind: 'ringstore-timeline', nodes: ['sync-0'], stores: [], moments: [late] };
              done([inOrder([late, early, suspicion, sent]).map((moment) => moment.event).join(), says('{'),
                says(JSON.stringify(file)), says(JSON.stringify({ ...file, moments: [{ event: 'alert' }] }))]);
            })\
            """);
        assertThat(read.valueStream().map(JsonNode::asString))
                .containsExactly(
                        "passed,suspected,passed,stamped",
                        "This file is not JSON.",
                        "1",
                        "The file has moments that are none.");
    }
}
