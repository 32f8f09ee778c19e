package io.ringstore.link;

import io.ringstore.link.binary.BinaryConfiguration;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.link.failpoint.LossyCalls;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Makes the client end of a contract for one node; each carries the cluster secret and has its own connections. */
public final class PeerClients {

    /** Enough for every call one node has under way at another. */
    private static final int MAX_CONNECTIONS = 64;

    /** A peer that was restarted since the last call is then noticed before the next one, not by its failure. */
    private static final Duration RECHECK = Duration.ofSeconds(1);

    private final RestClient.Builder builder;
    private final ClusterSecret secret;
    private final LossyCalls calls;

    public PeerClients(RestClient.Builder builder, ClusterSecret secret) {
        this(builder, secret, Failpoints.NONE);
    }

    /** With failpoints, a node in the lab can be made mute or deaf. */
    PeerClients(RestClient.Builder builder, ClusterSecret secret, Failpoints failpoints) {
        this.builder = builder;
        this.secret = secret;
        this.calls = new LossyCalls(failpoints);
    }

    /**
     * A proxy whose calls throw {@code RestClientException} when they cannot be delivered or are refused.
     *
     * @param answer how long one call may take from connection to answer
     */
    public <T> T proxy(Class<T> contract, NodeAddress node, Duration connect, Duration answer) {
        return proxy(contract, restClient(node, connect, answer, RECHECK).build());
    }

    /**
     * As {@link #proxy}, but a refusal (4xx, 5xx) is an answer like any other, for contracts that return entities.
     *
     * @param recheck how long a connection may rest before it is looked at again, which costs as much as a call
     */
    public <T> T lenientProxy(
            Class<T> contract, NodeAddress node, Duration connect, Duration answer, Duration recheck) {
        return proxy(
                contract,
                restClient(node, connect, answer, recheck)
                        .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {})
                        .build());
    }

    private <T> T proxy(Class<T> contract, RestClient client) {
        T proxy = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(contract);
        return calls.over(contract, proxy);
    }

    /** For calls that have no contract of ours, such as Actuator's. */
    public RestClient.Builder restClient(NodeAddress node, Duration connect, Duration answer) {
        return restClient(node, connect, answer, RECHECK);
    }

    private RestClient.Builder restClient(NodeAddress node, Duration connect, Duration answer, Duration recheck) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connect))
                        .setSocketTimeout(Timeout.of(answer))
                        .setValidateAfterInactivity(TimeValue.of(recheck))
                        .build())
                .build();
        var client = HttpClients.custom()
                .setConnectionManager(connections)
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
                .defaultHeader(ClusterSecret.HEADER, secret.text())
                .requestFactory(requests);
    }
}
