package io.ringstore.sync.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.cluster.RingConfig;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.PeerClients;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.link.trace.Traces;
import io.ringstore.ring.RingNode;
import io.ringstore.sync.metrics.MomentListener;
import io.ringstore.sync.metrics.MomentLog;
import io.ringstore.sync.metrics.QueueGauges;
import io.ringstore.sync.metrics.RecentMoments;
import io.ringstore.sync.metrics.RingMetrics;
import io.ringstore.sync.peer.SyncPeers;
import io.ringstore.sync.store.StoreWriter;
import io.ringstore.sync.trace.TracedWrites;
import io.ringstore.sync.wire.Self;
import io.ringstore.sync.write.WaitingClients;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the ring core into its surroundings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RingProperties.class)
class RingConfiguration {

    @Bean
    Self self(ClusterProperties cluster) {
        return new Self(cluster);
    }

    @Bean
    RingFaults ringFaults(Failpoints failpoints, Self self) {
        return new RingFaults(failpoints, self.ring().indexOf(self.id()));
    }

    @Bean
    @ConditionalOnProperty(name = "ringstore.lab.enabled", havingValue = "true")
    Motion motion() {
        return new Motion();
    }

    @Bean
    RingDriver ringDriver(Self self, RingProperties settings, RingFaults faults, ObjectProvider<Motion> slowMotion) {
        RingConfig configured = new RingConfig(RingConfig.NOT_INSTALLED, self.ring());
        RingNode node = new RingNode(
                self.cluster(),
                self.id(),
                configured,
                UUID.randomUUID().toString(),
                settings.timers(),
                settings.limits());
        RingCore core = faults.around(node::handle);
        Motion motion = slowMotion.getIfAvailable();
        return new RingDriver(motion == null ? core : motion.around(core), settings.inbox());
    }

    @Bean
    SyncPeers syncPeers(
            ClusterProperties cluster, Self self, PeerClients clients, RingDriver inbox, RingProperties settings) {
        return new SyncPeers(
                self.cluster(),
                self.id(),
                cluster.syncNodes(),
                clients,
                inbox,
                settings.connect(),
                settings.pass(),
                settings.probe());
    }

    @Bean
    TracedWrites tracedWrites(Traces traces) {
        return new TracedWrites(traces);
    }

    @Bean
    StoreWriter storeWriter(
            ClusterProperties cluster,
            PeerClients clients,
            RingDriver inbox,
            TracedWrites traced,
            RingProperties settings) {
        return new StoreWriter(
                cluster.storeNodes(),
                settings.storeChoice(),
                clients,
                inbox,
                traced,
                settings.connect(),
                settings.yield());
    }

    @Bean
    WaitingClients waitingClients() {
        return new WaitingClients();
    }

    @Bean
    RecentMoments recentMoments(Self self, StoreWriter store) {
        return new RecentMoments(self.id(), self.ring().size(), store::answeredBy, InstantSource.system());
    }

    @Bean
    MomentLog momentLog() {
        return new MomentLog();
    }

    @Bean
    RingMetrics ringMetrics(MeterRegistry registry, Self self) {
        return new RingMetrics(registry, self.peers());
    }

    @Bean
    QueueGauges queueGauges(RingDriver inbox) {
        return new QueueGauges(inbox, InstantSource.system());
    }

    @Bean
    RingLifecycle ringLifecycle(
            RingDriver driver,
            SyncPeers peers,
            StoreWriter store,
            WaitingClients clients,
            List<MomentListener> watchers,
            RingProperties settings,
            RingFaults faults,
            ObjectProvider<Motion> slowMotion) {
        RingEdges edges = new RingEdges(peers, store, clients, watchers);
        Motion motion = slowMotion.getIfAvailable();
        RingPorts slowed = motion == null ? edges : motion.around(edges);
        return new RingLifecycle(
                driver, edges, faults.around(slowed), settings.drain().plusSeconds(1));
    }
}
