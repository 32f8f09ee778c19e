package io.ringstore.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Debian's Chromium without a window, driven by its chromedriver. That speaks W3C WebDriver, which is JSON over HTTP: the
 * few commands that tests need take less than a library's settings would.
 */
final class Browser implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final List<String> ARGUMENTS = List.of(
            "--headless=new",
            "--no-sandbox", // CI is root, and the page is our own
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-component-update",
            "--disable-background-networking");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final URI server;
    private final String session;

    Browser() throws IOException {
        driver = new ProcessBuilder("chromedriver", "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            server = URI.create("http://127.0.0.1:" + port());
            session = "/session/"
                    + call("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", capabilities())))
                            .get("sessionId")
                            .asString();
        } catch (IOException | RuntimeException failed) {
            driver.destroyForcibly();
            throw failed;
        }
    }

    /** Both are Debian packages that {@code .ci/run} installs; elsewhere the build says that nobody looked. */
    static boolean isThere() {
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

    private static Map<String, Object> capabilities() {
        return Map.of(
                "goog:chromeOptions", Map.of("args", ARGUMENTS),
                "goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
    }

    private String port() throws IOException {
        BufferedReader printed =
                new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        for (String line = printed.readLine(); line != null; line = printed.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return started.group(1);
            }
        }
        throw new IOException("chromedriver did not start");
    }

    void open(URI page) {
        call("POST", session + "/url", Map.of("url", page.toString()));
    }

    void size(int width, int height) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    private void devTools(String command, Map<String, ?> parameters) {
        call("POST", session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** What a function's body returns. */
    JsonNode run(String script, Object... arguments) {
        return call("POST", session + "/execute/sync", Map.of("script", script, "args", arguments));
    }

    /** What a function's body gives to {@code done}. */
    JsonNode await(String script, Object... arguments) {
        String body = "const done = arguments[arguments.length - 1];" + script;
        return call("POST", session + "/execute/async", Map.of("script", body, "args", arguments));
    }

    /** The text of the first element that a selector finds, empty if there is none. */
    String text(String selector) {
        return run("return document.querySelector(arguments[0])?.textContent ?? ''", selector)
                .asString();
    }

    int count(String selector) {
        return run("return document.querySelectorAll(arguments[0]).length", selector)
                .asInt();
    }

    /** An attribute of the first element that a selector finds, null if there is none. */
    @Nullable
    String attribute(String selector, String name) {
        JsonNode value =
                run("return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null", selector, name);
        return value.isNull() ? null : value.asString();
    }

    void fill(String selector, String value) {
        run("""
            const field = document.querySelector(arguments[0]);
            field.value = arguments[1];
            field.dispatchEvent(new Event('input'))""", selector, value);
    }

    /** Presses and releases a key, as WebDriver names it, wherever the focus is. */
    void press(String key) {
        List<Map<String, String>> strokes =
                List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key));
        call(
                "POST",
                session + "/actions",
                Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", strokes))));
    }

    /** Chooses a file in the field that a selector finds. */
    void choose(String selector, Path file) {
        JsonNode found = call("POST", session + "/element", Map.of("using", "css selector", "value", selector));
        String element = found.valueStream().findFirst().orElseThrow().asString();
        call("POST", session + "/element/" + element + "/value", Map.of("text", file.toString()));
    }

    /** Puts files that the page hands out from now on into a folder. */
    void saveIn(Path folder) {
        devTools("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /** Clicks as a script does: what is hidden or covered is not noticed. */
    void click(String selector) {
        run("document.querySelector(arguments[0]).click()", selector);
    }

    /** What the page's developer would see in the console since the last question. */
    List<String> complaints() {
        return log("browser").map(entry -> entry.get("message").asString()).toList();
    }

    /** Every address that was asked for since the last question. */
    List<URI> requests() {
        List<URI> addresses = new ArrayList<>();
        log("performance").forEach(entry -> {
            JsonNode message = JSON.readTree(entry.get("message").asString()).get("message");
            if (message.get("method").asString().equals("Network.requestWillBeSent")) {
                addresses.add(URI.create(message.at("/params/request/url").asString()));
            }
        });
        return addresses;
    }

    private Stream<JsonNode> log(String type) {
        return call("POST", session + "/se/log", Map.of("type", type)).valueStream();
    }

    private JsonNode call(String method, String path, Object body) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        try {
            JsonNode value = JSON.readTree(
                            http.send(request, BodyHandlers.ofString()).body())
                    .get("value");
            if (value.has("error")) {
                throw new IllegalStateException(
                        path + ": " + value.get("message").asString());
            }
            return value;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the browser works", interrupted);
        }
    }

    @Override
    public void close() {
        try {
            call("DELETE", session, Map.of());
        } finally {
            driver.destroy();
        }
    }
}
