package io.ringstore.link.failpoint;

import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import io.ringstore.link.failpoint.Failpoint.Where;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** What a node gets when it is in the lab. */
@AutoConfiguration(beforeName = "io.ringstore.link.LinkConfiguration")
@ConditionalOnProperty(name = "ringstore.lab.enabled", havingValue = "true")
class LabConfiguration {

    @Bean
    FailpointSwitches failpoints(ClusterProperties cluster) {
        return new FailpointSwitches(
                serviceOf(cluster), () -> ThreadLocalRandom.current().nextDouble(), new ThisProcess());
    }

    private static Where serviceOf(ClusterProperties cluster) {
        if (isIn(cluster.syncNodes(), cluster.node())) {
            return Where.SYNC;
        }
        return isIn(cluster.storeNodes(), cluster.node()) ? Where.STORE : Where.EVERYWHERE;
    }

    private static boolean isIn(List<NodeAddress> nodes, String name) {
        return nodes.stream().anyMatch(node -> node.id().equals(name));
    }

    @Bean
    FailpointsEndpoint failpointsEndpoint(FailpointSwitches switches) {
        return new FailpointsEndpoint(switches);
    }

    /** Before everything else: what a deaf node does not hear, it does not judge either. */
    @Bean
    FilterRegistrationBean<OmissionFilter> omissionFilter(FailpointSwitches switches) {
        var registration = new FilterRegistrationBean<>(new OmissionFilter(switches));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
