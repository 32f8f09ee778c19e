package io.ringstore.store.replication;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LogRecord;
import io.ringstore.link.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the edge may do with the replica of this node, whatever state that is in. */
public final class Replica {

    private static final long PAGE_BYTES = 1 << 20;

    private final ReplicaLifecycle lifecycle;
    private final ReplicationProperties settings;
    private final Fitness fitness;

    Replica(ReplicaLifecycle lifecycle, ReplicationProperties settings, Fitness fitness) {
        this.lifecycle = lifecycle;
        this.settings = settings;
        this.fitness = fitness;
    }

    /** Gives a command to the local Raft server and waits for its result (P12). */
    public Outcome submit(NodeId via, LedgerCommand command, byte[] encoded) {
        if (!fitness.hasRoom()) {
            return new Outcome.NotApplied("the primary's disk is nearly full");
        }
        return lifecycle
                .node()
                .map(node -> node.submit(via, command, encoded))
                .orElseGet(() -> new Outcome.NotApplied("this node has not joined its group yet"));
    }

    /** The name under which this disk is known to Raft, once there is one. */
    public Optional<String> peer() {
        return lifecycle.identityIfKnown().map(NodeIdentity::peer);
    }

    public boolean isPrimary() {
        return lifecycle.node().map(RaftNode::isPrimary).orElse(false);
    }

    /** The primary as far as this node knows. */
    public Optional<NodeAddress> primary() {
        return lifecycle.node().flatMap(RaftNode::primary);
    }

    /** What this replica knows of itself; never fails. */
    public ReplicaStatus status() {
        try {
            RaftNode node = lifecycle.node().orElse(null);
            return node == null ? ReplicaStatus.NOT_RUNNING : node.status();
        } catch (IOException | UnavailableException | IllegalStateException e) {
            // The last is what Ratis says while it opens its log.
            return ReplicaStatus.NOT_RUNNING;
        }
    }

    /** Whether this disk is new to a cluster that exists, and is filled before it becomes a member (P6). */
    public boolean isOutside() {
        return lifecycle.isOutside();
    }

    /**
     * Reads the ledger as the consistency asks.
     *
     * @throws UnavailableException if that consistency cannot be had here and now
     */
    public <T> T read(Consistency consistency, Function<Ledger, T> question) {
        return ready(consistency).read(question);
    }

    /**
     * Waits until this node has a revision.
     *
     * @return whether it has
     */
    public boolean awaitRevision(long revision, Duration patience) {
        try {
            return ready(new Consistency.Local()).awaitRevision(revision, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
    }

    /**
     * Reads the log from a revision on; a page holds at most about 1 MiB.
     *
     * @throws CompactedException if that revision is not kept any more
     */
    public List<LogRecord> history(Consistency consistency, long from, int limit) {
        try {
            return ready(consistency).history(from, limit, PAGE_BYTES);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads what a key held at a revision that this node has, which is the same on every node.
     *
     * @throws CompactedException if that is not kept any more
     */
    public Optional<LogRecord> get(String key, long revision) {
        try {
            return Optional.ofNullable(past(new Consistency.Local(), revision).get(key));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Lists keys in order, as they were at a revision, or are now; a page holds at most about 1 MiB.
     *
     * @param revision null for now
     * @param after keys greater than this one; null for the first page
     * @param values whether what they hold is wanted too
     * @throws CompactedException if that revision is not kept any more
     * @throws UnavailableException if this node does not have that revision
     */
    public Listing list(
            Consistency consistency,
            @Nullable Long revision,
            String prefix,
            @Nullable String after,
            int limit,
            boolean values) {
        try {
            return past(consistency, revision).list(prefix, after, limit, values, PAGE_BYTES);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * A page of keys.
     *
     * @param next the key after which the next page starts; null if this is the last one
     */
    public record Listing(
            long revision, List<Item> items, @Nullable String next) {}

    /**
     * A key in a listing.
     *
     * @param value null if not asked for
     */
    public record Item(
            String key, long revision, int size, @Nullable String contentType, byte @Nullable [] value) {}

    /** The state with every write that was answered before the call. */
    SnapshotImage picture() {
        return ready(new Consistency.Linearizable()).picture();
    }

    private Past past(Consistency consistency, @Nullable Long revision) {
        LedgerReplica replica = ready(consistency);
        long last = replica.read(Ledger::lastRevision);
        if (revision != null && revision > last) {
            throw new UnavailableException("revision " + revision + " is not here, the last one is " + last);
        }
        return replica.past(revision == null ? last : revision);
    }

    private static UnavailableException unreadable(IOException e) {
        return new UnavailableException("the history could not be read: " + e.getMessage());
    }

    private LedgerReplica ready(Consistency consistency) {
        RaftNode node =
                lifecycle.node().orElseThrow(() -> new UnavailableException("this node has not joined its group yet"));
        LedgerReplica replica = node.replica();
        if (replica == null || !node.isMember()) {
            throw new UnavailableException("this replica is being filled from another one");
        }
        try {
            await(consistency, node, replica);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
        return replica;
    }

    private void await(Consistency consistency, RaftNode node, LedgerReplica replica) throws InterruptedException {
        Duration patience = settings.readTimeout();
        switch (consistency) {
            case Consistency.Local() -> {}
            case Consistency.Session(long minRevision) -> {
                if (!replica.awaitRevision(minRevision, patience)) {
                    throw new UnavailableException(
                            "revision " + minRevision + " did not arrive here within " + patience.toMillis() + " ms");
                }
            }
            case Consistency.Linearizable() -> {
                if (!node.awaitLinearizable()) {
                    throw new UnavailableException("no primary confirmed the read"); // often known at once
                }
            }
        }
    }

    /** What a read may rely on. */
    public sealed interface Consistency {

        /** Sees every write that was answered before the read began. */
        record Linearizable() implements Consistency {}

        /** Sees what this node has, however old. */
        record Local() implements Consistency {}

        /** Sees at least this revision. */
        record Session(long minRevision) implements Consistency {}
    }

    /** The question cannot be answered here and now; nothing was changed. */
    public static final class UnavailableException extends RuntimeException {
        UnavailableException(String message) {
            super(message);
        }
    }
}
