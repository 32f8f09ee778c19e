package io.ringstore.store.replication;

import io.ringstore.cluster.NodeId;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.Credentials;
import io.ringstore.link.PeerClients;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.store.replication.rest.MessageObserver;
import io.ringstore.store.replication.rest.MessageTimeouts;
import io.ringstore.store.replication.rest.ReplicationEndpoint;
import io.ringstore.store.replication.rest.ReplicationMessage;
import io.ringstore.store.replication.rest.ReplicationServlet;
import io.ringstore.store.replication.rest.RestTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts a replica together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReplicationProperties.class)
class ReplicationConfiguration {

    private static final Duration CONNECT = Duration.ofMillis(100);
    private static final Duration LOOK_AROUND_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_AT_HEAP_EVERY = Duration.ofSeconds(10);
    private static final Duration SNAPSHOT_CHUNK = Duration.ofSeconds(10);

    @Bean
    StorePeers storePeers(ClusterProperties cluster) {
        return new StorePeers(cluster);
    }

    @Bean
    RestTransport restTransport(
            Credentials credentials,
            ReplicationProperties settings,
            StorePeers peers,
            MessageObserver observer,
            Failpoints failpoints) {
        var timeouts = new MessageTimeouts(CONNECT, settings.appendTimeout(), settings.electionMin(), SNAPSHOT_CHUNK);
        return new RestTransport(peers, credentials, timeouts, observer, RestTransport.Flush.NOTHING, failpoints);
    }

    @Bean
    PeerQuestions peerQuestions(ClusterProperties cluster, PeerClients clients) {
        return new PeerQuestions(cluster, clients);
    }

    @Bean
    PeerWatch peerWatch(
            ReplicaLifecycle lifecycle,
            PeerQuestions questions,
            Fitness fitness,
            InstantSource clock,
            FailStop failStop) {
        return new PeerWatch(lifecycle, questions, fitness, clock, failStop);
    }

    @Bean
    Recurring recurringPeerWatch(PeerWatch watch, ReplicaLifecycle lifecycle) {
        return new Recurring("peer-watch", LOOK_AROUND_EVERY, lifecycle, watch::look);
    }

    @Bean
    Fitness fitness(ReplicationProperties settings) {
        return new Fitness(DiskSpace.of(settings.data(), settings.reserve().toBytes()));
    }

    /** This node's wall clock; what it says is stamped on entries by the primary (§8.5). */
    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    FailStop failStop() {
        return FailStop.HALT;
    }

    @Bean
    ReplicaLifecycle replicaLifecycle(
            ClusterProperties cluster,
            ReplicationProperties settings,
            StorePeers peers,
            PeerQuestions questions,
            RestTransport transport,
            ReplicaObserver observer,
            Fitness fitness,
            InstantSource clock,
            FailStop failStop) {
        return new ReplicaLifecycle(cluster, settings, peers, questions, transport, observer, fitness, clock, failStop);
    }

    @Bean
    Compaction compaction(ClusterProperties cluster, ReplicationProperties settings, ReplicaLifecycle lifecycle) {
        return new Compaction(new NodeId(cluster.node()), lifecycle, Retention.of(settings), InstantSource.system());
    }

    @Bean
    Recurring recurringCompaction(Compaction compaction, ReplicationProperties settings, ReplicaLifecycle lifecycle) {
        return new Recurring("compaction", settings.compactEvery(), lifecycle, compaction::look);
    }

    @Bean
    Recurring recurringEarlyCollection(ReplicaLifecycle lifecycle) {
        EarlyCollection collection = new EarlyCollection(OldGeneration.ofThisProcess());
        return new Recurring("early-collection", LOOK_AT_HEAP_EVERY, lifecycle, collection::look);
    }

    @Bean
    Replica replica(ReplicaLifecycle lifecycle, ReplicationProperties settings, Fitness fitness) {
        return new Replica(lifecycle, settings, fitness);
    }

    @Bean
    Backups backups(
            ClusterProperties cluster,
            ReplicationProperties settings,
            Replica replica,
            Fitness fitness,
            InstantSource clock) {
        return new Backups(cluster.cluster(), settings.data(), replica, fitness, clock);
    }

    /** Only the paths of Raft's messages; the others under {@code /replication} are controllers. */
    @Bean
    ServletRegistrationBean<ReplicationServlet> replicationServlet(
            ReplicaLifecycle lifecycle, RestTransport transport, MessageObserver observer) {
        var endpoint = new ReplicationEndpoint(lifecycle::server, transport.flushing(lifecycle.flush()));
        return new ServletRegistrationBean<>(
                new ReplicationServlet(endpoint, observer),
                Arrays.stream(ReplicationMessage.values())
                        .map(message -> "/replication/" + message.word())
                        .toArray(String[]::new));
    }
}
