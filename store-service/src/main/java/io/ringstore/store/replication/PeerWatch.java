package io.ringstore.store.replication;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Compares this replica with the others: state hashes (P9), clocks (§8.5), and how far behind it is. Once a second while
 * there is news, else only now and then, because a cluster at rest should be quiet.
 *
 * <p>It also ends the process when Raft closed itself while the process lives on, as it does after a disk failure.
 */
public final class PeerWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final long CLOCK_TOLERANCE_MS = 5_000;

    /** So few revisions behind that it takes the rest in while the lead changes. */
    private static final long NEARLY = 1_000;

    private static final Duration HAND_OVER = Duration.ofMillis(500);

    private final ReplicaLifecycle lifecycle;
    private final PeerQuestions questions;
    private final InstantSource clock;
    private final FailStop failStop;
    private volatile long newestRevision;
    private volatile boolean clockIsOdd;
    private final Rounds rounds = new Rounds();
    private volatile boolean running;
    private volatile Thread watcher = Thread.ofVirtual().unstarted(this::watch);

    PeerWatch(ReplicaLifecycle lifecycle, PeerQuestions questions, InstantSource clock, FailStop failStop) {
        this.lifecycle = lifecycle;
        this.questions = questions;
        this.clock = clock;
        this.failStop = failStop;
    }

    /** The greatest revision any replica was seen to have. */
    public long newestKnownRevision() {
        return newestRevision;
    }

    /** Whether this node's clock is more than 5 s away from every other one's (§8.5). */
    public boolean isClockOdd() {
        return clockIsOdd;
    }

    @Override
    public void start() {
        running = true;
        watcher = Thread.ofVirtual().name("peer-watch").start(this::watch);
    }

    private void watch() {
        while (running) {
            try {
                Thread.sleep(EVERY);
                lifecycle.node().ifPresent(this::requireAlive);
                lifecycle.digest().ifPresent(this::lookAround);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("comparison with the other replicas failed", e);
            }
        }
    }

    private void lookAround(ReplicaDigest mine) {
        Optional<RaftNode> substitute = lifecycle
                .node()
                .filter(RaftNode::isPrimary)
                .filter(node -> preferred(node).isPresent());
        if (rounds.isDue(mine.revision(), substitute.isPresent())) {
            List<ReplicaDigest> others = questions.digests();
            compare(mine, others);
            substitute.ifPresent(node -> yieldToPreferred(node, mine, others));
        }
    }

    /**
     * Gives the lead back to the preferred primary once that is here again and nearly caught up (P2).
     *
     * <p>Ratis would do so too, but only in a moment without writes, and under load there is none.
     */
    private void yieldToPreferred(RaftNode node, ReplicaDigest mine, List<ReplicaDigest> others) {
        Optional<String> preferred = preferred(node);
        boolean ready = others.stream()
                .filter(other -> preferred.filter(other.peer()::equals).isPresent())
                .anyMatch(other -> mine.revision() - other.revision() < NEARLY && !isFarFrom(clock.millis(), other));
        if (ready) {
            node.leadership().handOver(HAND_OVER);
        }
    }

    /** Who should lead in this node's place; empty if it is the preferred primary itself, or Raft is not running. */
    private static Optional<String> preferred(RaftNode node) {
        try {
            return node.leadership().preferredPrimary().map(peer -> peer.getId().toString());
        } catch (IOException notRunning) {
            return Optional.empty();
        }
    }

    private static boolean isFarFrom(long now, ReplicaDigest other) {
        return Math.abs(other.clock() - now) > CLOCK_TOLERANCE_MS;
    }

    private void requireAlive(RaftNode node) {
        if (running && lifecycle.isRunning() && !node.isAlive()) {
            failStop.now("Raft closed itself", new IllegalStateException("division is closed"));
        }
    }

    void compare(ReplicaDigest mine, List<ReplicaDigest> others) {
        newestRevision = others.stream().mapToLong(ReplicaDigest::revision).reduce(mine.revision(), Math::max);
        long now = clock.millis();
        clockIsOdd = others.size() > 1 && others.stream().allMatch(other -> isFarFrom(now, other));
        List<ReplicaDigest> differing =
                others.stream().filter(other -> differ(mine, other)).toList();
        if (differing.isEmpty()) {
            return;
        }
        LOG.error(
                "state hashes differ peer={} from={}",
                mine.peer(),
                differing.stream().map(ReplicaDigest::peer).toList());
        boolean alone = differing.size() > 1 && differing.stream().noneMatch(one -> differ(one, differing.getFirst()));
        if (alone) {
            failStop.now("this replica's state differs from that of all others", new IllegalStateException("S11"));
        }
    }

    private static boolean differ(ReplicaDigest one, ReplicaDigest other) {
        for (Map.Entry<Long, Long> entry : one.hashes().entrySet()) {
            Long theirs = other.hashes().get(entry.getKey());
            if (theirs != null && !theirs.equals(entry.getValue())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void stop() {
        running = false;
        watcher.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Started after the replica and stopped before it. */
    @Override
    public int getPhase() {
        return lifecycle.getPhase() + 1;
    }
}
