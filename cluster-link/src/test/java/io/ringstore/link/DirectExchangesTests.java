package io.ringstore.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringstore.api.BatchAnswer;
import io.ringstore.api.BinaryMedia;
import io.ringstore.api.FenceMessage;
import io.ringstore.api.PassReply;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreViewMessage;
import io.ringstore.api.SyncPeerApi;
import io.ringstore.api.TokenMessage;
import io.ringstore.link.binary.BinaryForms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** That a call goes past {@code RestClient} shows in nothing but its cost: each ends as it would the usual way. */
@Timeout(30)
class DirectExchangesTests {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final TokenMessage TOKEN = new TokenMessage("ring", 1, "sync-0", 2, 7, Arrays.asList(null, 5L), 9);
    private static final BatchAnswer BATCH =
            new BatchAnswer(List.of(), new StoreViewMessage(new FenceMessage(2, 7), 1, List.of("sync-0", "sync-1"), 9));

    private final PeerClients clients =
            new PeerClients(RestClient.builder(), new ClusterSecret("a secret of sixteen or more"));
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private NodeAddress node;

    private interface Peer {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        node = new NodeAddress(
                "peer", URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | application/json         | {"seen":{"epoch":2,"hop":8}}
            200 | application/json         | {"seen":{"epoch":2,"hop":8},"unheard":"of"}
            200 | application/json         | null
            204 |                          |
            409 | application/json         | {"reason":"STALE","seen":{"epoch":3,"hop":1}}
            503 | application/json         | {"reason":"NOT_READY"}
            401 | application/problem+json | {"type":"about:blank","title":"Unauthorized","status":401}
            500 |                          |
            200 | application/json         | {"seen":
            200 | application/json         | {"seen":"none"}
            200 | application/json         | {"reason":"NO_SUCH_REASON"}
            """)
    void aTokenIsAnsweredTheSame(int status, @Nullable String type, @Nullable String body) {
        serve(exchange -> write(exchange, status, type, bytes(body)));

        same(this::lenient, this::usualLenient, peer -> peer.passToken(TOKEN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | application/json         | {"results":[],"view":{"fence":{"epoch":2,"hop":7},"cfg":1,"nodes":[],"storeTime":9}}
            200 | application/json         | {"results":
            200 | application/x-ringstore  | not in this form
            503 | application/problem+json | {"outcome":"not-applied"}
            504 | application/problem+json | {"outcome":"unknown"}
            400 |                          | what?
            413 |                          |
            """)
    void aBatchIsAnsweredTheSame(int status, @Nullable String type, @Nullable String body) {
        serve(exchange -> write(exchange, status, type, bytes(body)));

        same(this::direct, this::usual, store -> store.batch(new byte[] {1, 2}, "store-1"));
    }

    @Test
    void aBatchIsReadFromItsCompactForm() {
        serve(exchange -> write(exchange, 200, BinaryMedia.TYPE, BinaryForms.BATCH_ANSWER.write(BATCH)));

        assertThat(direct().batch(new byte[] {1, 2}, null)).isEqualTo(BATCH);
        assertThat(requests).singleElement().asString().contains(" [] ");
    }

    @Test
    void silenceEndsTheSame() {
        serve(exchange -> {});

        same(this::direct, this::usual, store -> store.batch(new byte[] {1, 2}, "store-1"));
    }

    @Test
    void aConnectionThatBreaksOffEndsTheSame() {
        serve(HttpExchange::close);

        same(this::direct, this::usual, store -> store.batch(new byte[] {1, 2}, "store-1"));
    }

    @Test
    void nobodyListeningEndsTheSame() {
        server.stop(0);

        same(this::direct, this::usual, store -> store.batch(new byte[] {1, 2}, "store-1"));
    }

    /** How a call ended. */
    private record Ending(
            Class<?> kind,
            @Nullable Object detail,
            @Nullable Object body) {}

    /** Makes the same call both ways; that neither is retried, the requests tell. */
    private <T> void same(Supplier<T> direct, Supplier<T> usual, Function<T, Object> call) {
        Ending straight = ending(() -> call.apply(direct.get()));
        List<String> sent = new ArrayList<>(requests);
        requests.clear();
        Ending roundabout = ending(() -> call.apply(usual.get()));

        assertThat(straight).isEqualTo(roundabout);
        assertThat(sent).isEqualTo(requests);
    }

    private static Ending ending(Supplier<Object> call) {
        try {
            return switch (call.get()) {
                case ResponseEntity<?> entity -> new Ending(PassReply.class, entity.getStatusCode(), entity.getBody());
                case Object answer -> new Ending(answer.getClass(), null, answer);
            };
        } catch (RestClientResponseException refused) {
            assertThat(refused).hasMessageContaining(refused.getResponseBodyAsString());
            return new Ending(refused.getClass(), refused.getStatusCode(), refused.getResponseBodyAsString());
        } catch (ResourceAccessException unreachable) {
            return new Ending(
                    ResourceAccessException.class,
                    unreachable.getCause() == null
                            ? null
                            : unreachable.getCause().getClass(),
                    null);
        } catch (RestClientException senseless) {
            return new Ending(RestClientException.class, null, null);
        }
    }

    private SyncPeerApi lenient() {
        return clients.lenientProxy(SyncPeerApi.class, node, SHORT, SHORT, SHORT);
    }

    private SyncPeerApi usualLenient() {
        RestClient usual = clients.restClient(node, SHORT, SHORT)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {})
                .build();
        return proxy(SyncPeerApi.class, usual);
    }

    private StoreApi direct() {
        return clients.proxy(StoreApi.class, node, SHORT, SHORT);
    }

    private StoreApi usual() {
        return proxy(StoreApi.class, clients.restClient(node, SHORT, SHORT).build());
    }

    private static <T> T proxy(Class<T> contract, RestClient client) {
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(contract);
    }

    private void serve(Peer peer) {
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add("%s %s %s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().get(ClusterSecret.HEADER),
                            exchange.getRequestHeaders().get("Content-Type"),
                            exchange.getRequestHeaders().getOrDefault(StoreApi.VIA, List.of()),
                            new String(body, StandardCharsets.UTF_8)));
            peer.answer(exchange);
        });
    }

    private static void write(HttpExchange exchange, int status, @Nullable String type, byte[] body)
            throws IOException {
        if (type != null) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
