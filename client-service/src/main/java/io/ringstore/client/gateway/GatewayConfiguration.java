package io.ringstore.client.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.api.SyncApi;
import io.ringstore.client.node.NodeClients;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.trace.Traces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the gateway into its surroundings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    /** A sync node answers at the deadline of its writes. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** The loop of a sync node answers within half of it, or is stuck. */
    private static final Duration PROBE = Duration.ofSeconds(1);

    @Bean
    RequestIdMaker requestIdMaker() {
        return new RequestIdMaker(InstantSource.system());
    }

    @Bean
    WriteGateway writeGateway(
            ClusterProperties cluster,
            GatewayProperties settings,
            NodeClients clients,
            MeterRegistry registry,
            Traces traces) {
        List<SyncNode> nodes = cluster.syncNodes().stream()
                .map(node -> new SyncNode(
                        node.id(),
                        clients.proxy(
                                SyncApi.class,
                                node,
                                settings.connect(),
                                settings.maxPatience().plus(GRACE)),
                        clients.proxy(SyncApi.class, node, settings.connect(), PROBE)))
                .toList();
        SyncNodeChooser chooser =
                new SyncNodeChooser(nodes.size(), settings.choice(), cluster.node(), settings.suspicion());
        return new WriteGateway(nodes, chooser, settings, new GatewayMetrics(registry), traces);
    }
}
