package io.ringstore.client.read;

import io.ringstore.api.StoreApi;
import io.ringstore.client.gateway.GatewayProperties;
import io.ringstore.client.node.NodeClients;
import io.ringstore.link.ClusterProperties;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts reads into their surroundings. */
@Configuration(proxyBeanMethods = false)
class ReadConfiguration {

    @Bean
    StoreReads storeReads(ClusterProperties cluster, GatewayProperties settings, NodeClients clients) {
        List<StoreApi> stores = cluster.storeNodes().stream()
                .map(node -> clients.proxy(StoreApi.class, node, settings.connect(), settings.readAttempt()))
                .toList();
        return new StoreReads(stores, settings.patience());
    }

    @Bean
    KeyReads keyReads(StoreReads reads, GatewayProperties settings) {
        return new KeyReads(reads, settings.patience());
    }
}
