package io.ringstore.client.lab;

import io.ringstore.client.gateway.WriteGateway;
import io.ringstore.client.node.NodeClients;
import io.ringstore.link.ClusterProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a gateway gets when it is in the lab. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "ringstore.lab.enabled", havingValue = "true")
@EnableConfigurationProperties(LabProperties.class)
class LabConfiguration {

    @Bean
    HttpNodes labNodes(ClusterProperties cluster, NodeClients clients, LabProperties settings) {
        return new HttpNodes(cluster, clients, new Starter(settings.startCommand()));
    }

    @Bean
    SlowMotion slowMotion(ClusterProperties cluster, NodeClients clients) {
        return new SlowMotion(cluster.syncNodes(), clients);
    }

    @Bean
    Lab lab(WriteGateway gateway, HttpNodes nodes, SlowMotion motion, LabProperties settings) {
        return new Lab(
                (node, order, patience) -> (node.isPresent()
                                ? gateway.writeAt(node.getAsInt(), order, patience)
                                : gateway.write(order, patience))
                        .await(),
                new Judge(nodes.storeClients(), settings.patience()),
                nodes,
                settings.patience(),
                motion::runFreely);
    }
}
