package io.ringstore.ratis;

import io.ringstore.link.ClusterSecret;
import io.ringstore.link.Credentials;
import io.ringstore.store.replication.rest.MessageObserver;
import io.ringstore.store.replication.rest.MessageTimeouts;
import io.ringstore.store.replication.rest.PeerDirectory;
import io.ringstore.store.replication.rest.RestTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.RaftTestUtil;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.impl.DelayLocalExecutionInjection;
import org.apache.ratis.server.impl.MiniRaftCluster;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;

/** Ratis' test cluster, whose servers speak to each other by our transport; a killed one does not listen either. */
final class RestCluster extends MiniRaftCluster.RpcBase {

    static final Duration ELECTION_MIN = Duration.ofMillis(300);
    static final Duration ELECTION_MAX = Duration.ofMillis(600);

    /** Like the two before, as in the store service. */
    static final Duration APPEND = Duration.ofMillis(140);

    private static final Duration CONNECT = Duration.ofMillis(100);
    private static final Duration CHUNK = Duration.ofSeconds(10);
    private static final String APPEND_KEY = "append.ms";

    private final DelayLocalExecutionInjection delays = new DelayLocalExecutionInjection();
    private final Map<RaftPeerId, PeerWebServer> webServers = new ConcurrentHashMap<>();
    private final RestTransport transport;

    private RestCluster(String[] ids, String[] listeners, RaftProperties properties) {
        super(ids, listeners, properties, new Parameters());
        var timeouts = new MessageTimeouts(CONNECT, appendTimeout(properties), ELECTION_MIN, CHUNK);
        transport = new RestTransport(
                new Directory(),
                new Credentials(new ClusterSecret("not much of a secret")),
                timeouts,
                MessageObserver.NONE,
                RestTransport.Flush.NOTHING);
        new SuiteRpcType.Wiring(transport, servers::get, delays).addTo(parameters);
    }

    /** The store's settings as far as they concern the transport; each suite has its own, because suites change them. */
    static RaftProperties settings() {
        var settings = new RaftProperties();
        RaftConfigKeys.Rpc.setType(settings, new SuiteRpcType());
        setElectionTimeouts(settings, ELECTION_MIN, ELECTION_MAX);
        RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(settings, false);
        return settings;
    }

    /** For a test that slows appends down by more than the store would ever wait for one. */
    static void setElectionTimeouts(RaftProperties settings, Duration min, Duration max) {
        RaftServerConfigKeys.Rpc.setTimeoutMin(settings, time(min));
        RaftServerConfigKeys.Rpc.setTimeoutMax(settings, time(max));
    }

    static void setAppendTimeout(RaftProperties settings, Duration timeout) {
        settings.setInt(APPEND_KEY, Math.toIntExact(timeout.toMillis()));
    }

    private static Duration appendTimeout(RaftProperties settings) {
        return Duration.ofMillis(settings.getInt(APPEND_KEY, Math.toIntExact(APPEND.toMillis())));
    }

    private static TimeDuration time(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected Parameters setPropertiesAndInitParameters(
            RaftPeerId id, @Nullable RaftGroup group, RaftProperties properties) {
        webServers
                .computeIfAbsent(id, _ -> new PeerWebServer(() -> servers.get(id), transport))
                .start();
        return parameters;
    }

    @Override
    public void killServer(RaftPeerId id) {
        stopListening(id);
        super.killServer(id);
    }

    /** Does nothing to a cluster that could not start: Ratis would fail, and hide why. */
    @Override
    public void shutdown() {
        if (!servers.isEmpty()) {
            super.shutdown();
        }
        webServers.keySet().forEach(this::stopListening);
    }

    private void stopListening(RaftPeerId id) {
        PeerWebServer webServer = webServers.get(id);
        if (webServer != null) {
            webServer.stop();
        }
    }

    @Override
    protected void blockQueueAndSetDelay(String leaderId, int delayMs) throws InterruptedException {
        RaftTestUtil.blockQueueAndSetDelay(getServers(), delays, leaderId, delayMs, getTimeoutMax());
    }

    /** As Ratis does it, but slowing the others by the longest election timeout in force, not by Ratis' default. */
    @Override
    public boolean tryEnforceLeader(String leaderId) throws InterruptedException {
        if (isPrimary(leaderId)) {
            return true;
        }
        blockQueueAndSetDelay(leaderId, Math.toIntExact(ELECTION_MAX.toMillis()));
        blockQueueAndSetDelay(leaderId, 0);
        return isPrimary(leaderId);
    }

    private boolean isPrimary(String id) {
        RaftServer.Division leader = getLeader();
        return leader != null && leader.getId().toString().equals(id);
    }

    /** Finds a peer by its name alone, as the store service does. */
    private final class Directory implements PeerDirectory {

        @Override
        public Optional<URI> addressOf(RaftPeer peer) {
            return Optional.ofNullable(webServers.get(peer.getId())).map(PeerWebServer::address);
        }

        @Override
        public boolean knows(RaftPeerId peer) {
            return webServers.containsKey(peer);
        }
    }

    /** Makes the clusters of one suite, and ends those that its tests share. */
    static final class Factory extends MiniRaftCluster.Factory<RestCluster> implements AutoCloseable {

        private static final int SMALL = 3;

        private final Queue<RestCluster> made = new ConcurrentLinkedQueue<>();

        @Override
        public RestCluster newCluster(String[] ids, String[] listeners, RaftProperties properties) {
            var cluster = new RestCluster(ids, listeners, properties);
            made.add(cluster);
            return cluster;
        }

        /** Loads what the first messages of a JVM need; until then a leader can lose its place before it has spoken. */
        void warmUp() throws IOException, InterruptedException {
            try (RestCluster cluster = newCluster(SMALL, settings())) {
                cluster.start();
                RaftTestUtil.waitForLeader(cluster);
            }
        }

        @Override
        public void close() {
            made.forEach(RestCluster::shutdown);
            made.clear();
        }
    }
}
