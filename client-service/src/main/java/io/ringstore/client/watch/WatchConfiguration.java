package io.ringstore.client.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.api.StoreApi;
import io.ringstore.api.SyncApi;
import io.ringstore.client.gateway.GatewayProperties;
import io.ringstore.client.node.NodeClients;
import io.ringstore.client.read.StoreReads;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.ObjectMapper;

/** Puts those who wait into their surroundings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchProperties.class)
class WatchConfiguration {

    /** What a sync node tells it has at hand, once it stops waiting for it. */
    private static final Duration MOMENTS = Duration.ofSeconds(1).plusMillis(SyncQuestions.HOLD_MILLIS);

    @Bean
    WatchMetrics watchMetrics(MeterRegistry registry) {
        return new WatchMetrics(registry);
    }

    @Bean
    RingListeners ringListeners(
            ClusterProperties cluster,
            GatewayProperties gateway,
            WatchProperties settings,
            NodeClients clients,
            ObjectMapper json,
            StateSource state,
            WatchMetrics metrics) {
        List<SyncQuestions> nodes = cluster.syncNodes().stream()
                .map(node ->
                        new SyncQuestions(node.id(), clients.proxy(SyncApi.class, node, gateway.connect(), MOMENTS)))
                .toList();
        return new RingListeners(nodes, state, settings, json, metrics);
    }

    @Bean
    WatchHub watchHub(
            ClusterProperties cluster,
            GatewayProperties gateway,
            WatchProperties settings,
            NodeClients clients,
            StoreReads reads,
            RecordEncoder encoder,
            WatchMetrics metrics) {
        Duration answer = gateway.readAttempt().plusMillis(LogSource.HOLD_MILLIS);
        List<StoreApi> stores = cluster.storeNodes().stream()
                .map(node -> clients.proxy(StoreApi.class, node, gateway.connect(), answer))
                .toList();
        List<String> names = cluster.storeNodes().stream().map(NodeAddress::id).toList();
        return new WatchHub(settings, new LogSource(names, stores, reads), encoder, metrics);
    }
}
