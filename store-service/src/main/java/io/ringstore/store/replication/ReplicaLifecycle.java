package io.ringstore.store.replication;

import io.ringstore.cluster.NodeId;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import io.ringstore.store.replication.rest.RestTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts Raft after the web server listens and stops it before the web server does (P3).
 *
 * <p>A disk that belongs to a group is checked and started at once, or the service does not start. A disk that does not
 * yet first finds out where it belongs (P6), in the background.
 */
public final class ReplicaLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaLifecycle.class);
    private static final Duration ASK_EVERY = Duration.ofMillis(200);
    private static final Duration HAND_OVER = Duration.ofSeconds(1);

    /** After the web server (DEFAULT_PHASE - 2048), so that peers find an open port; stopped before it in turn. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

    private final ClusterProperties cluster;
    private final ReplicationProperties settings;
    private final StorePeers peers;
    private final PeerQuestions questions;
    private final RestTransport transport;
    private final ReplicaObserver observer;
    private final Fitness fitness;
    private final InstantSource clock;
    private final FailStop failStop;
    private final IdentityFile identityFile;
    private final LogMark logMark;
    private final VoteMark voteMark;
    private volatile @Nullable NodeIdentity identity;
    private volatile @Nullable RaftNode node;
    private volatile boolean running;
    private @Nullable Thread founding;

    ReplicaLifecycle(
            ClusterProperties cluster,
            ReplicationProperties settings,
            StorePeers peers,
            PeerQuestions questions,
            RestTransport transport,
            ReplicaObserver observer,
            Fitness fitness,
            InstantSource clock,
            FailStop failStop) {
        this.cluster = cluster;
        this.settings = settings;
        this.peers = peers;
        this.questions = questions;
        this.transport = transport;
        this.observer = observer;
        this.fitness = fitness;
        this.clock = clock;
        this.failStop = failStop;
        this.identityFile = new IdentityFile(settings.data());
        this.logMark = new LogMark(settings.data());
        this.voteMark = new VoteMark(settings.data());
    }

    @Override
    public void start() {
        running = true;
        try {
            NodeIdentity mine = identityFile.loadOrCreate(cluster.cluster(), cluster.node());
            identity = mine;
            if (mine.hasGroup()) {
                startRaft(mine);
                requireNotReplaced();
            } else {
                founding = Thread.ofVirtual().name("founding").start(() -> found(mine));
            }
        } catch (IOException e) {
            running = false;
            throw new UncheckedIOException("store node " + cluster.node() + " cannot use " + settings.data(), e);
        } catch (RuntimeException e) {
            running = false;
            throw e;
        }
    }

    /** Nobody need answer: while this node is alone it does no harm, and {@link PeerWatch} asks again. */
    private void requireNotReplaced() throws IOException {
        Optional<ReplicaDigest> mine = digest();
        Optional<String> successor = mine.flatMap(digest -> Replacement.of(digest, questions.digests()));
        if (mine.isPresent() && successor.isPresent()) {
            stopRaft();
            throw new ReplacedDiskException(settings.data(), mine.get().peer(), successor.get());
        }
    }

    private void found(NodeIdentity mine) {
        try {
            while (running) {
                List<NodeIdentity> answers = questions.identities();
                switch (Founding.step(mine, peers.nodes(), answers, settings.founding())) {
                    case Founding.Step.Join(var group, var founders) -> {
                        NodeIdentity member = mine.in(group, founders);
                        identityFile.save(member);
                        identity = member;
                        startRaft(member);
                        return;
                    }
                    case Founding.Step.Wait(var silent) -> LOG.debug("waiting for {}", silent);
                    case Founding.Step.Outside(var group, var founders) -> {
                        LOG.warn("this disk is empty but the cluster is not: it joins as peer={}", mine.peer());
                        NodeIdentity newcomer = mine.in(group, founders);
                        identityFile.save(newcomer);
                        identity = newcomer;
                        startRaft(newcomer);
                        return;
                    }
                }
                Thread.sleep(ASK_EVERY);
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped before a group was found", e);
        } catch (IOException | RuntimeException e) {
            if (running) {
                failStop.now("joining the group failed", e);
            }
            LOG.debug("stopped in the middle of a question", e); // which says of an interrupt whatever it likes
        }
    }

    /** What this node's disk needs before a promise leaves it. */
    LifecycleFlush flush() {
        return new LifecycleFlush(this, fitness, failStop);
    }

    private synchronized void startRaft(NodeIdentity member) throws IOException {
        if (!running) {
            return;
        }
        Path raft = settings.data().resolve("raft");
        String group = Objects.requireNonNull(member.group()).toString();
        if (member.started()) {
            new LogCheck(raft.resolve(group), logMark.read(), voteMark.read()).run();
        } else {
            EmptyStorage.prepare(raft, group);
            NodeIdentity startedOnce = member.startedOnce();
            identityFile.save(startedOnce);
            identity = startedOnce;
        }
        var stateMachine = new LedgerStateMachine(new NodeId(cluster.node()), settings, clock, observer, failStop);
        var starting = new RaftNode(member, peers, settings, transport.flushing(flush()), stateMachine, raft);
        node = starting;
        starting.start();
        LOG.info("replica started peer={} group={} founders={}", member.peer(), member.group(), member.founders());
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (founding != null) {
            founding.interrupt();
        }
        RaftNode stopping = node;
        if (stopping != null) {
            // It answers the others until it has handed over: the new primary needs its vote.
            stopping.leadership().handOver(HAND_OVER);
            try {
                stopRaft();
            } catch (IOException e) {
                LOG.warn("replica did not stop cleanly", e);
            }
        }
    }

    private void stopRaft() throws IOException {
        RaftNode stopping = node;
        node = null;
        if (stopping != null) {
            stopping.close();
        }
    }

    /** Raft on this node, once it runs. */
    public Optional<RaftNode> node() {
        return Optional.ofNullable(node);
    }

    @Nullable
    RaftServer server() {
        RaftNode current = node;
        return current == null ? null : current.server();
    }

    /** Who this disk is, once that is known. */
    Optional<NodeIdentity> identityIfKnown() {
        return Optional.ofNullable(identity);
    }

    /** What this replica shows the others, while it has something to show. */
    Optional<ReplicaDigest> digest() {
        return node().flatMap(current -> current.digest(clock.millis(), fitness.isFit()));
    }

    /** Notes how far the log reaches, so that a log which lost its end is noticed at the next start (P5). */
    void markLog() {
        node().ifPresent(current -> {
            try {
                logMark.note(current.certainlyLogged());
            } catch (IllegalStateException e) {
                LOG.debug("Raft opens its log", e);
            } catch (IOException e) {
                LOG.warn("how far the log reaches could not be noted reason=\"{}\"", e.getMessage());
            }
        });
    }

    /** Notes for whom this node voted, before anybody else hears of it (P5). */
    void markVote(RaftNode voter) throws IOException {
        voteMark.note(voter.lastVote());
    }

    /** Where this node's disk is. */
    Path data() {
        return settings.data();
    }

    /** Whether this disk is new to a cluster that exists, and is filled before it becomes a member (P6). */
    public boolean isOutside() {
        return node().filter(current -> !current.isMember()).isPresent();
    }

    /** Every store node, in the order of the settings. */
    List<NodeAddress> nodes() {
        return peers.nodes();
    }

    /** The other store nodes, for whoever has to reach them. */
    public List<NodeAddress> others() {
        return peers.nodes().stream()
                .filter(other -> !other.id().equals(cluster.node()))
                .toList();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
