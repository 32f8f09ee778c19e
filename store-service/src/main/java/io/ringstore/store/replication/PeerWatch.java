package io.ringstore.store.replication;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this replica with the others: state hashes (P9), clocks (§8.5), and how far behind it is; on the primary, does
 * what that shows to be necessary. Once a second while there is news, else now and then: at rest, a cluster is quiet.
 *
 * <p>It also ends the process when Raft closed itself while the process lives on, as it does after a disk failure.
 */
public final class PeerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);

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

    /** Looks once. */
    void look() {
        lifecycle.node().ifPresent(this::requireAlive);
        lifecycle.node().ifPresent(this::requirePromiseKept);
        lifecycle.markLog();
        lifecycle.digest().ifPresent(this::lookAround);
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

    /** In this order: a replica that stops says so before it closes Raft. */
    private void requireAlive(RaftNode node) {
        if (!node.isAlive() && lifecycle.isRunning()) {
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

    private void compare(ReplicaDigest mine, List<ReplicaDigest> others) {
        newestRevision = others.stream().mapToLong(ReplicaDigest::revision).reduce(mine.revision(), Math::max);
        fitness.noteClock(Clocks.isOdd(clock.millis(), others));
        List<ReplicaDigest> differing = StateComparison.differing(mine, others);
        if (differing.isEmpty()) {
            return;
        }
        LOG.error(
                "state hashes differ peer={} from={}",
                mine.peer(),
                differing.stream().map(ReplicaDigest::peer).toList());
        if (StateComparison.isAlone(differing)) {
            failStop.now("this replica's state differs from that of all others", new IllegalStateException("S11"));
        }
    }
}
