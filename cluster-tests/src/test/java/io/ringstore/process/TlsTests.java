package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call goes over TLS, and nodes know each other by certificates, which can all be replaced while they run. */
class TlsTests {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private Path certificates;
    private Authority before;
    private Authority after;
    private Launcher launcher;
    private List<URI> nodes;
    private URI gateway;

    @BeforeEach
    void start() throws Exception {
        certificates = Files.createDirectories(home.resolve("certificates"));
        before = new Authority(home, "before");
        after = new Authority(home, "after");
        Authority.trust(certificates, before);
        before.renew(certificates);
        launcher = new Launcher(home);
        launcher.set("RINGSTORE_SYNC_SIZE", "2");
        // Each node's first handshakes load and compile what TLS needs: where others want the cores too, that takes its
        // time.
        launcher.set("RINGSTORE_START_TIMEOUT", "240");
        launcher.set("RINGSTORE_TLS", certificates.toString());
        launcher.set("SPRING_SSL_BUNDLE_WATCH_FILE_QUIETPERIOD", "200ms");
        launcher.run("up");
        nodes = List.of(
                at(launcher.storePort(0)),
                at(launcher.storePort(1)),
                at(launcher.storePort(2)),
                at(launcher.syncPort(0)),
                at(launcher.syncPort(1)));
        gateway = at(launcher.clientPort());
    }

    @AfterEach
    void stop() throws Exception {
        launcher.run("down");
    }

    @Test
    void nodesTakeCallsOfTheirOwnOnlyAndGoOnWithCertificatesOfAnotherAuthority() throws Exception {
        launcher.run("put", "R1", "hello");
        assertThat(launcher.run("get", "R1")).isEqualTo("hello");

        SSLContext stranger = Authority.stranger(before);
        assertThat(get(stranger, gateway.resolve("/v1/kv/R1"))).as("a client").isEqualTo(200);
        SSLContext another = after.member(before);
        for (URI node : nodes) {
            for (String path : List.of("/ring/token", "/store/fence", "/replication/append", "/actuator/failpoints")) {
                assertThat(get(stranger, node.resolve(path)))
                        .as("who knows the secret only, at %s", path)
                        .isEqualTo(401);
            }
            assertThat(get(stranger, node.resolve("/actuator/health/liveness"))).isEqualTo(200);
            assertThat(get(before.member(before), internal(node))).as("a node").isEqualTo(200);
            assertThat(isRefused(another, node)).isTrue();
        }

        replaceEveryCertificate();

        launcher.run("put", "R1", "after");
        launcher.run("restart", "store-0"); // whoever calls it now has to show it a certificate that it never saw
        Awaitility.await()
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(launcher.run("status").lines().skip(1))
                        .hasSize(6)
                        .allMatch(row -> row.contains(" UP ")));
        launcher.run("put", "R1", "after the restart");
        assertThat(launcher.run("get", "R1")).isEqualTo("after the restart");
    }

    /** In the order in which no two nodes ever lack trust in each other. */
    private void replaceEveryCertificate() throws Exception {
        Authority.trust(certificates, before, after);
        for (URI node : nodes) {
            eventually(
                    () -> assertThat(get(after.member(before), internal(node))).isEqualTo(200));
        }
        after.renew(certificates);
        for (URI node : nodes) {
            eventually(() -> assertThat(authorityOf(node)).isEqualTo(after.name()));
        }
        eventually(() -> assertThat(authorityOf(gateway)).isEqualTo(after.name()));
        Authority.trust(certificates, after);
        for (URI node : nodes) {
            eventually(() -> assertThat(isRefused(before.member(after), node)).isTrue());
            assertThat(get(after.member(after), internal(node))).isEqualTo(200);
        }
    }

    /** A node that is between two certificates may refuse or close a connection. */
    private static void eventually(ThrowingRunnable claim) {
        Awaitility.await()
                .atMost(BOUND)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(claim);
    }

    /** Some clients do not even show a certificate that the node has not asked for; others get no connection. */
    private boolean isRefused(SSLContext context, URI node) throws Exception {
        try {
            return get(context, internal(node)) == 401;
        } catch (IOException noConnection) {
            return true;
        }
    }

    private static URI internal(URI node) {
        return node.resolve("/actuator/metrics");
    }

    private String authorityOf(URI node) throws Exception {
        var session = answer(Authority.stranger(before, after), node.resolve("/actuator/health/liveness"))
                .sslSession()
                .orElseThrow();
        return ((X509Certificate) session.getPeerCertificates()[0])
                .getIssuerX500Principal()
                .getName();
    }

    private int get(SSLContext context, URI uri) throws Exception {
        return answer(context, uri).statusCode();
    }

    /** On a connection of its own. */
    private HttpResponse<Void> answer(SSLContext context, URI uri) throws Exception {
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(BOUND)
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(BOUND)
                            .header("Ringstore-Secret", launcher.secret())
                            .build(),
                    BodyHandlers.discarding());
        }
    }

    private static URI at(int port) {
        return URI.create("https://127.0.0.1:" + port);
    }
}
