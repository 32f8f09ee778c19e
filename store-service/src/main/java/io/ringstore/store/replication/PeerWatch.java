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
 * Compares this replica with the others: state hashes (P9), clocks (§8.5), and how far behind it is; on the primary, does
 * what that shows to be necessary. Once a second while there is news, else now and then: at rest, a cluster is quiet.
 *
 * <p>It also ends the process when Raft closed itself while the process lives on, as it does after a disk failure.
 */
public final class PeerWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Looks in a row at which Raft's last promise is not on disk yet; a slow disk may need some. */
    private static final int MAX_UNKEPT = 5;

    private final ReplicaLifecycle lifecycle;
    private final PeerQuestions questions;
    private final Fitness fitness;
    private final InstantSource clock;
    private final FailStop failStop;
    private final PrimaryDuties duties;
    private final Rounds rounds = new Rounds();
    private volatile long newestRevision;
    private boolean someoneIsMissing;
    private int unkept;
    private volatile boolean running;
    private volatile Thread watcher = Thread.ofPlatform().unstarted(this::watch);

    PeerWatch(
            ReplicaLifecycle lifecycle,
            PeerQuestions questions,
            Fitness fitness,
            InstantSource clock,
            FailStop failStop) {
        this.lifecycle = lifecycle;
        this.questions = questions;
        this.clock = clock;
        this.failStop = failStop;
        this.fitness = fitness;
        this.duties = new PrimaryDuties(lifecycle.nodes());
    }

    /** The greatest revision any replica was seen to have. */
    public long newestKnownRevision() {
        return newestRevision;
    }

    @Override
    public void start() {
        running = true;
        watcher = Thread.ofPlatform().daemon().name("peer-watch").start(this::watch);
    }

    private void watch() {
        while (running) {
            try {
                Thread.sleep(EVERY);
                lifecycle.node().ifPresent(this::requireAlive);
                lifecycle.node().ifPresent(this::requirePromiseKept);
                lifecycle.markLog();
                lifecycle.digest().ifPresent(this::lookAround);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("comparison with the other replicas failed", e);
            }
        }
    }

    private void lookAround(ReplicaDigest mine) {
        Optional<RaftNode> primary = lifecycle.node().filter(RaftNode::isPrimary);
        boolean waiting =
                someoneIsMissing || primary.filter(PeerWatch::isSubstitute).isPresent();
        if (!rounds.isDue(mine.revision(), waiting)) {
            return;
        }
        List<ReplicaDigest> others = questions.digests();
        someoneIsMissing = others.size() < lifecycle.nodes().size() - 1;
        compare(mine, others);
        Replacement.of(mine, others)
                .ifPresent(successor -> failStop.now(
                        "this disk was replaced", new ReplacedDiskException(lifecycle.data(), mine.peer(), successor)));
        primary.ifPresent(node -> attend(node, mine, others));
    }

    /** Whether the preferred primary is another node. */
    private static boolean isSubstitute(RaftNode primary) {
        try {
            return primary.leadership().preferredPrimary().isPresent();
        } catch (IOException notRunning) {
            return false;
        }
    }

    private void attend(RaftNode node, ReplicaDigest mine, List<ReplicaDigest> others) {
        try {
            duties.attend(node, mine, others);
        } catch (IOException e) {
            LOG.debug("no division", e);
        }
    }

    private void requireAlive(RaftNode node) {
        if (running && lifecycle.isRunning() && !node.isAlive()) {
            failStop.now("Raft closed itself", new IllegalStateException("division is closed"));
        }
    }

    /** A candidate whose vote for itself could not be written down is left as it is by Ratis, and would never stand again. */
    private void requirePromiseKept(RaftNode node) {
        try {
            unkept = node.isPromiseKept() ? 0 : unkept + 1;
            if (unkept > MAX_UNKEPT) {
                failStop.now(
                        "writing down a promise failed", new IllegalStateException("the last term is not on disk"));
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("Raft does not run", e);
        }
    }

    void compare(ReplicaDigest mine, List<ReplicaDigest> others) {
        newestRevision = others.stream().mapToLong(ReplicaDigest::revision).reduce(mine.revision(), Math::max);
        fitness.noteClock(Clocks.isOdd(clock.millis(), others));
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
