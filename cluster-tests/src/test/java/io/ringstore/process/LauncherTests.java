package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher says when it cannot do as it is told, and that it then leaves nothing running. */
class LauncherTests {

    @TempDir
    private Path home;

    private Launcher launcher;

    @BeforeEach
    void choosePorts() throws IOException {
        launcher = new Launcher(home);
    }

    @Test
    void anUnknownNodeIsRefusedWithTheNamesThatThereAre() {
        assertThatThrownBy(() -> launcher.run("kill", "sync-9"))
                .hasMessageContaining("no such node: sync-9")
                .hasMessageContaining("store-0")
                .hasMessageContaining("client-0");
    }

    @Test
    void anUnknownCommandIsRefused() {
        assertThatThrownBy(() -> launcher.run("explode")).hasMessageContaining("no such command: explode");
    }

    @Test
    void aTokenIsShownBesideTheLineThatHasItsHash() throws Exception {
        String printed = launcher.run("token", "alice", "writer", "fruit/", "a b/");
        Matcher token = Pattern.compile("ringstore_[\\w-]{43}").matcher(printed);
        assertThat(token.find()).isTrue();

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.group().getBytes(StandardCharsets.US_ASCII));
        assertThat(printed.lines()).contains("alice writer " + HexFormat.of().formatHex(hash) + " fruit/ a%20b/");
        assertThat(launcher.run("token", "alice", "writer")).doesNotContain(token.group());
    }

    @Test
    void aTokenThatNoGatewayWouldTakeIsNotMade() {
        assertThatThrownBy(() -> launcher.run("token", "a b", "writer")).hasMessageContaining("a name has");
        assertThatThrownBy(() -> launcher.run("token", "alice", "owner")).hasMessageContaining("a role is");
        assertThatThrownBy(() -> launcher.run("token", "alice", "admin", "fruit/"))
                .hasMessageContaining("an admin has no prefix");
    }

    @Test
    void aRingOfTooManyNodesOrNoneIsRefused() {
        for (String size : List.of("0", "10", "five")) {
            assertThatThrownBy(() -> launcher.run("resize", size)).hasMessageContaining("1 to 9 sync nodes");
        }
    }

    @Test
    void aRingIsNotResizedWithoutItsStore() {
        assertThatThrownBy(() -> launcher.run("resize", "7"))
                .hasMessageContaining("not running: store-0 store-1 store-2");
    }

    @Test
    void aCaseThatCannotBeMeasuredIsRefusedWithThoseThatCan() {
        assertThatThrownBy(() -> launcher.run("recovery", "3", "earthquake"))
                .hasMessageContaining("no such case: earthquake")
                .hasMessageContaining("holder-killed");
    }

    @Test
    void whatIsNotRunningCannotRecover() {
        assertThatThrownBy(() -> launcher.run("recovery", "1"))
                .hasMessageContaining("not running: store-0")
                .hasMessageContaining("./ringstore up starts them");
    }

    @Test
    void aSettingThatIsNoNumberIsRefusedByName() throws IOException {
        configure("RINGSTORE_START_TIMEOUT=soon");

        assertThatThrownBy(() -> launcher.run("status"))
                .hasMessageContaining("RINGSTORE_START_TIMEOUT must be a whole number, not 'soon'");
    }

    @Test
    void aLineOfTheConfigurationIsNeverExecuted() throws IOException {
        configure("touch " + home.resolve("executed"));

        assertThatThrownBy(() -> launcher.run("status")).hasMessageContaining("not RINGSTORE_NAME=VALUE");
        assertThat(home.resolve("executed")).doesNotExist();
    }

    @Test
    void aPidThatNowBelongsToAnotherProgramIsLeftAlone() throws Exception {
        Files.createDirectories(home.resolve("pids"));
        Files.writeString(home.resolve("pids/sync-1"), ProcessHandle.current().pid() + "\n");

        assertThat(rowOf("sync-1")).contains("dead");
        assertThatThrownBy(() -> launcher.run("kill", "sync-1")).hasMessageContaining("sync-1 is not running");
    }

    @Test
    void aBusyPortIsNamedAndNothingIsStarted() throws Exception {
        try (var busy = new ServerSocket(launcher.syncPort(3), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> launcher.run("up"))
                    .hasMessageContaining("in use by something else: " + busy.getLocalPort() + " (sync-3)");
        }
        assertThat(rows()).hasSize(9).allMatch(row -> row.contains("stopped"));
    }

    @Test
    void aNodeThatEndsAtItsStartIsQuotedAndTheOthersAreEnded() throws Exception {
        configure("RINGSTORE_JAVA_OPTIONS=-Xmx1z");

        assertThatThrownBy(() -> launcher.run("up"))
                .hasMessageContaining("ended while starting")
                .hasMessageContaining("Invalid maximum heap size: -Xmx1z");
        assertThat(rows()).hasSize(9).allMatch(row -> row.contains("stopped"));
    }

    @Test
    void noGatewayIsAFailureThatSaysSo() {
        assertThatThrownBy(() -> launcher.run("get", "R1")).hasMessageContaining("is the cluster up?");
    }

    @Nested
    class WithAGateway {

        private final List<String> requests = new CopyOnWriteArrayList<>();
        private HttpServer gateway;

        @BeforeEach
        void listen() throws IOException {
            gateway = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), launcher.clientPort()), 0);
            gateway.start();
        }

        @AfterEach
        void leave() {
            gateway.stop(0);
        }

        @Test
        void putSendsKeyAndValueByteForByte() throws Exception {
            answer(201, "the answer");

            assertThat(launcher.run("put", "a b/%", "50 %\nof \"it\"")).contains("the answer");
            assertThat(requests).containsExactly("PUT /v1/kv/a%20b%2F%25 50 %\nof \"it\"");
        }

        @Test
        void aMissingKeyIsAFailureThatShowsTheProblem() {
            answer(404, "the answer");

            assertThatThrownBy(() -> launcher.run("get", "R1"))
                    .hasMessageContaining("the answer")
                    .hasMessageContaining("the gateway said 404");
        }

        @ParameterizedTest
        @CsvSource({"401, takes requests with an API token only", "403, one of a reader or for some keys only"})
        void whoeverIsNotLetInIsToldWhichTokenIsNeeded(int status, String why) {
            answer(status, "the answer");

            for (String command : List.of("recovery", "watchers")) {
                assertThatThrownBy(() -> launcher.run(command))
                        .hasMessageContaining(why)
                        .hasMessageContaining(command + " needs one of a writer for all keys, in RINGSTORE_TOKEN");
            }
        }

        @Test
        void aVerdictThatIsNotGoodSaysWhichPromiseWasBrokenAndWhere() {
            answer(202, """
                    {"id":"7","state":"DONE","steps":[{"millis":1200,"text":"sync-1 {\\"fence\\":{}} is dead."}],"verdict":{"good":false,
                    "sentence":"Promises were broken, at 1 place.","broken":[{"promise":"EXACTLY_ONCE",
                    "detail":"R1 stands twice: {\\"value\\":\\"}\\"} at 4 and 9"}],"acknowledged":9,"recoveryMillis":80}}\
                    """.replace("\n", ""));

            assertThatThrownBy(() -> launcher.run("scenario", "1.3"))
                    .hasMessageContaining("1.2 s  sync-1 {\"fence\":{}} is dead.")
                    .hasMessageContaining("broken: EXACTLY_ONCE: R1 stands twice: {\"value\":\"}\"} at 4 and 9")
                    .hasMessageContaining("verdict: Promises were broken, at 1 place.");
        }

        private void answer(int status, String text) {
            byte[] answer = text.getBytes(StandardCharsets.US_ASCII);
            gateway.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
                exchange.sendResponseHeaders(status, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
        }
    }

    private void configure(String line) throws IOException {
        Files.writeString(home.resolve("config"), line + "\n");
    }

    private List<String> rows() throws IOException, InterruptedException {
        return launcher.run("status").lines().skip(1).toList();
    }

    private String rowOf(String node) throws IOException, InterruptedException {
        return rows().stream().filter(row -> row.startsWith(node)).findFirst().orElseThrow();
    }
}
