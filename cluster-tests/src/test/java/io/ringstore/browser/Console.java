package io.ringstore.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/** The console as somebody uses it. */
final class Console {

    static final String TAB = "\uE004";
    static final String ENTER = "\uE007";
    static final String LEFT = "\uE012";
    static final String RIGHT = "\uE014";

    private final Browser browser;
    private final String axe;

    Console(Browser browser) throws IOException {
        this.browser = browser;
        this.axe = new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    /** Opens the page anew, at one of its views. */
    void open(URI gateway, String view) {
        browser.open(gateway.resolve("/"));
        look(view);
        eventually().until(() -> browser.text("#link").equals("Live"));
    }

    /** Goes to a view of the page that is open. */
    void look(String view) {
        browser.run("location.hash = arguments[0]", view);
        eventually().until(() -> browser.count(".view-" + view) == 1);
    }

    void write(String key, String value) {
        browser.fill("[name=key]", key);
        browser.fill("[name=value]", value);
        browser.click(".write-form button");
    }

    /** Clicks the button that says this. */
    void press(String button) {
        browser.run(
                "[...document.querySelectorAll('button')].find((each) => each.textContent === arguments[0]).click()",
                button);
    }

    void signIn(String token) {
        browser.fill("[name=token]", token);
        browser.click(".sign-in button");
    }

    /** What a file of tokens says of somebody whose token is the name. */
    static String tokenOf(String name, String role) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.US_ASCII));
        return name + " " + role + " " + HexFormat.of().formatHex(hash) + "\n";
    }

    /** What a file says, once the page has handed it out. */
    static String saved(Path file) {
        return eventually().ignoreExceptions().until(() -> Files.readString(file), text -> !text.isEmpty());
    }

    String focused() {
        return browser.run("return document.activeElement.textContent || document.activeElement.tagName")
                .asString();
    }

    /** Nothing is in the way of whoever cannot see it well or at all, and it is no wider than its window. */
    void assertIsForEverybody(String what, String theme, int width) {
        browser.size(width, 900);
        browser.run("document.documentElement.dataset.theme = arguments[0]", theme);
        assertThat(barriers()).as("%s, %s, %d wide", what, theme, width).isEmpty();
        assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
                .as("width that %s needs", what)
                .isLessThanOrEqualTo(width);
    }

    /** What axe-core, from npm as it is there, finds serious: Maven's repositories do not have it. */
    private List<String> barriers() {
        browser.run("if (!window.axe) { " + axe + " }");
        return browser.await("""
            axe.run().then((found) => done(found.violations
                .filter((each) => each.impact === 'serious' || each.impact === 'critical')
                .map((each) => each.id + ' ' + each.nodes[0].html)))\
            """).valueStream().map(JsonNode::asString).toList();
    }
}
