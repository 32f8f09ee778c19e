package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

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

    /** Whatever is mapped at this node, now or later, but for what probes and monitoring ask. */
    private static Set<String> guardedPaths() {
        Set<String> paths = new TreeSet<>();
        ApplicationContext context = alone.context(0);
        context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .forEach(info -> paths.addAll(info.getPatternValues()));
        for (String name : context.getBeanNamesForType(ServletRegistrationBean.class)) {
            ServletRegistrationBean<?> servlet = context.getBean(name, ServletRegistrationBean.class);
            paths.addAll(servlet.getUrlMappings());
        }
        paths.removeIf(path -> path.startsWith("/actuator/health"));
        paths.removeAll(Set.of(
                "/", "/actuator/info", "/actuator/prometheus", "/error", "${server.error.path:${error.path:/error}}"));
        return paths;
    }

    @Test
    void withoutTheSecretNothingIsTakenWhereverItIsSent() throws Exception {
        assertThat(guardedPaths())
                .contains("/store/batch", "/store/claim", "/store/backup", "/store/kv", "/actuator/sbom")
                .anyMatch(path -> path.startsWith("/replication/"));
        for (String mapped : guardedPaths()) {
            String path = mapped.replaceAll("\\{[^}]*}|\\*\\*?", "x");
            for (String wrong : List.of("a guess of 16 and more", StoreCluster.SECRET + "x")) {
                assertThat(post(path, new byte[10], request -> request))
                        .as(path)
                        .isEqualTo(401);
                assertThat(post(path, new byte[10], request -> request.header("Ringstore-Secret", wrong)))
                        .as(path)
                        .isEqualTo(401);
                assertThat(get(path, request -> request.header("Ringstore-Secret", wrong)))
                        .as(path)
                        .isEqualTo(401);
            }
        }
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

    private static int get(String path, UnaryOperator<HttpRequest.Builder> headers) throws Exception {
        return status(HttpRequest.newBuilder(alone.address(0).resolve(path)), headers);
    }

    private static int post(String path, byte[] body, UnaryOperator<HttpRequest.Builder> headers) throws Exception {
        var request = HttpRequest.newBuilder(alone.address(0).resolve(path))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body));
        return status(request, headers);
    }

    private static int status(HttpRequest.Builder request, UnaryOperator<HttpRequest.Builder> headers)
            throws Exception {
        return HTTP.send(headers.apply(request).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
