package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only who knows the cluster's secret gets past the edge, and only with bodies of a sane size (P10, P11). */
class GuardedEdgeTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path disks;

    private static StoreCluster alone;

    /** One node of three: nothing has been founded, and nothing will be. */
    @BeforeAll
    static void startOne() throws IOException {
        alone = new StoreCluster(disks);
        alone.start(0);
    }

    @AfterAll
    static void close() {
        alone.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/replication/vote",
                "/replication/append",
                "/replication/snapshot",
                "/store/batch",
                "/store/claim"
            })
    void withoutTheSecretNothingIsTaken(String path) throws Exception {
        assertThat(post(path, new byte[10], request -> request)).isEqualTo(401);
        assertThat(post(path, new byte[10], request -> request.header("Ringstore-Secret", "a guess of 16 and more")))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/replication/append", "/store/batch"})
    void anOversizedBodyIsRefused(String path) throws Exception {
        assertThat(post(path, new byte[(2 << 20) + 1], GuardedEdgeTests::withSecret))
                .isEqualTo(413);
    }

    @Test
    void aBatchBeyondItsBoundIsRefused() throws Exception {
        assertThat(post("/store/batch", new byte[(5 << 18) + 1], GuardedEdgeTests::withSecret))
                .isEqualTo(413);
    }

    @Test
    void aNodeThatIsNotInAGroupTakesNoWrites() throws Exception {
        assertThat(post("/replication/append", new byte[10], GuardedEdgeTests::withSecret))
                .isEqualTo(503);
        assertThat(post("/store/batch", new byte[10], GuardedEdgeTests::withSecret))
                .isEqualTo(503);
    }

    private static HttpRequest.Builder withSecret(HttpRequest.Builder request) {
        return request.header("Ringstore-Secret", StoreCluster.SECRET);
    }

    private static int post(String path, byte[] body, UnaryOperator<HttpRequest.Builder> headers) throws Exception {
        URI uri = alone.address(0).resolve(path);
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body));
        return HTTP.send(headers.apply(request).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
