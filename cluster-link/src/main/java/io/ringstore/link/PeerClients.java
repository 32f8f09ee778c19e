package io.ringstore.link;

import io.ringstore.link.binary.BinaryConfiguration;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.link.failpoint.LossyCalls;
import io.ringstore.link.trace.Traces;
import java.time.Duration;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Makes the client end of a contract for one node; each carries the cluster secret and has its own connections. */
public final class PeerClients {

    /** Enough for every call one node has under way at another. */
    private static final int MAX_CONNECTIONS = 64;

    /** A peer that was restarted since the last call is then noticed before the next one, not by its failure. */
    private static final Duration RECHECK = Duration.ofSeconds(1);

    private final RestClient.Builder builder;
    private final Credentials credentials;
    private final LossyCalls calls;
    private final Traces traces;

    public PeerClients(RestClient.Builder builder, ClusterSecret secret) {
        this(builder, new Credentials(secret), Failpoints.NONE, Traces.OFF);
    }

    /**
     * For a node.
     *
     * @param failpoints in the lab, it can be made mute or deaf
     * @param traces in which its calls are shown
     */
    public PeerClients(RestClient.Builder builder, Credentials credentials, Failpoints failpoints, Traces traces) {
        this.builder = builder;
        this.credentials = credentials;
        this.calls = new LossyCalls(failpoints);
        this.traces = traces;
    }

    /**
     * A proxy whose calls throw {@code RestClientException} when they cannot be delivered or are refused.
     *
     * @param answer how long one call may take from connection to answer
     */
    public <T> T proxy(Class<T> contract, NodeAddress node, Duration connect, Duration answer) {
        NodeConnections connections = connections(node, connect, RECHECK);
        return proxy(
                contract,
                new DirectExchanges(
                        connections,
                        new NodeConnections.Patience(connect, answer),
                        RestClientAdapter.create(
                                restClient(node, connections, connect, answer).build()),
                        DirectExchanges.Refusals.THROWN,
                        traces));
    }

    /**
     * As {@link #proxy}, but a refusal (4xx, 5xx) is an answer like any other, for contracts that return entities.
     *
     * @param recheck how long a connection may rest before it is looked at again, which costs as much as a call
     */
    public <T> T lenientProxy(
            Class<T> contract, NodeAddress node, Duration connect, Duration answer, Duration recheck) {
        NodeConnections connections = connections(node, connect, recheck);
        RestClient usual = restClient(node, connections, connect, answer)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {})
                .build();
        return proxy(
                contract,
                new DirectExchanges(
                        connections,
                        new NodeConnections.Patience(connect, answer),
                        RestClientAdapter.create(usual),
                        DirectExchanges.Refusals.ANSWERS,
                        traces));
    }

    private <T> T proxy(Class<T> contract, HttpExchangeAdapter exchanges) {
        return calls.over(
                contract, HttpServiceProxyFactory.builderFor(exchanges).build().createClient(contract));
    }

    /** For calls that have no contract of ours, such as Actuator's. */
    public RestClient.Builder restClient(NodeAddress node, Duration connect, Duration answer) {
        return restClient(node, connections(node, connect, RECHECK), connect, answer);
    }

    private NodeConnections connections(NodeAddress node, Duration connect, Duration recheck) {
        return new NodeConnections(
                node.uri(), credentials, new NodeConnections.Keeping(MAX_CONNECTIONS, connect, recheck));
    }

    private RestClient.Builder restClient(
            NodeAddress node, NodeConnections connections, Duration connect, Duration answer) {
        var client = HttpClients.custom()
                .setConnectionManager(connections.pool())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
        var requests = new HttpComponentsClientHttpRequestFactory(client);
        requests.setConnectionRequestTimeout(connect);
        requests.setReadTimeout(answer);
        return builder.clone()
                .uriBuilderFactory(new PeerUris(node.uri().toString()))
                .configureMessageConverters(BinaryConfiguration::addTo)
                .defaultHeader(ClusterSecret.HEADER, credentials.secret().text())
                .defaultHeader(WireVersion.HEADER, WireVersion.SPOKEN)
                .requestInitializer(request -> traces.headers(request.getHeaders()::set))
                .requestFactory(requests);
    }
}
