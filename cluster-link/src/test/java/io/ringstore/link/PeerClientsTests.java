package io.ringstore.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.ringstore.api.SyncApi;
import io.ringstore.api.WriteMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;

@Timeout(30)
class PeerClientsTests {

    private static final String SECRET = "a secret of sixteen or more";

    private final PeerClients clients = new PeerClients(RestClient.builder(), new ClusterSecret(SECRET));

    interface Contract {
        @GetExchange("/fixed")
        String fixed();

        @GetExchange("/of/{name}")
        String of(@PathVariable String name);
    }

    @Test
    void aPeerThatTakesTheCallAndNeverAnswersIsGivenUpInTime() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Contract contract = proxy(mute.getLocalPort());

            assertThatThrownBy(contract::fixed)
                    .isInstanceOf(ResourceAccessException.class)
                    .hasCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void everyCallShowsTheSecretAndGoesToItsOwnPath() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer server = server(200, seen);
        try {
            Contract contract = proxy(server.getAddress().getPort());
            contract.fixed();
            contract.of("a b");
            contract.fixed();
            contract.of("c/d");

            assertThat(seen)
                    .containsExactly(
                            "/fixed " + SECRET, "/of/a%20b " + SECRET, "/fixed " + SECRET, "/of/c%2Fd " + SECRET);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRefusalIsAnExceptionWithItsStatus() throws IOException {
        HttpServer server = server(503, new CopyOnWriteArrayList<>());
        try {
            Contract contract = proxy(server.getAddress().getPort());

            assertThatThrownBy(contract::fixed).isInstanceOf(HttpServerErrorException.ServiceUnavailable.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void batchesTravelInTheCompactForm() throws IOException {
        List<String> forms = new CopyOnWriteArrayList<>();
        HttpServer server = server(503, new CopyOnWriteArrayList<>());
        server.createContext("/sync/writes", exchange -> {
            Headers headers = exchange.getRequestHeaders();
            forms.add(headers.getFirst("Content-Type") + " for " + headers.getFirst("Accept"));
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        try {
            SyncApi sync = proxy(SyncApi.class, server.getAddress().getPort());
            WriteMessage write = new WriteMessage("id", null, null, null, "delete", "R1", null, null, null, null, 1);

            assertThatThrownBy(() -> sync.write(List.of(write))).isInstanceOf(HttpServerErrorException.class);
            assertThat(forms)
                    .singleElement()
                    .asString()
                    .startsWith("application/x-ringstore for application/x-ringstore");
        } finally {
            server.stop(0);
        }
    }

    private Contract proxy(int port) {
        return proxy(Contract.class, port);
    }

    private <T> T proxy(Class<T> contract, int port) {
        NodeAddress node = new NodeAddress("peer", URI.create("http://127.0.0.1:" + port));
        return clients.proxy(contract, node, Duration.ofMillis(500), Duration.ofMillis(500));
    }

    private static HttpServer server(int status, List<String> seen) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst(ClusterSecret.HEADER));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
