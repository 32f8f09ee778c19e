package io.ringstore.store.replication;

import io.ringstore.link.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the primary sees to beside writing: that lost disks are replaced (P6), and that the right node leads (P2, §8.5). */
final class PrimaryDuties {

    private static final Logger LOG = LoggerFactory.getLogger(PrimaryDuties.class);

    /** So few revisions behind that it takes the rest in while the lead changes. */
    private static final long NEARLY = 1_000;

    private static final Duration HAND_OVER = Duration.ofMillis(500);

    /** Looks in a row at which a member is left out; a sender that just starts again takes none. */
    private static final int LOOKS = 3;

    /** Looks in a row at which the lead is given away; one that somebody takes is away before the second. */
    private static final int LOOKS_IN_VAIN = 2;

    private final List<NodeAddress> nodes;
    private int leftOut;
    private int givenAway;
    private CompletableFuture<Boolean> isGivenAway = CompletableFuture.completedFuture(false);
    private CompletableFuture<Void> change = CompletableFuture.completedFuture(null);

    PrimaryDuties(List<NodeAddress> nodes) {
        this.nodes = nodes;
    }

    /** Called about once a second, by one thread, on the primary. */
    void attend(RaftNode node, ReplicaDigest mine, List<ReplicaDigest> others) throws IOException {
        if (change.isDone()) {
            changeMembers(node.members(), mine, others);
        }
        leftOut = node.members().everyoneIsServed() ? 0 : leftOut + 1;
        lookWhetherTheLeadIsGivenAway(node);
        if (leftOut >= LOOKS) {
            resign(node, "Ratis sends nothing to one of the members any more; the next primary does");
        } else if (givenAway >= LOOKS_IN_VAIN) {
            resign(node, "Ratis gives the lead to one that does not take it, and takes no writes; the others elect");
        } else {
            yieldToPreferred(node.leadership(), mine, others);
        }
    }

    /** Ratis does so only where another member is preferred. */
    private void lookWhetherTheLeadIsGivenAway(RaftNode node) throws IOException {
        if (isGivenAway.isDone()) {
            givenAway = isGivenAway.join() ? givenAway + 1 : 0;
            isGivenAway = node.leadership().preferredPrimary().isPresent()
                    ? node.members().isLeadGivenAway()
                    : CompletableFuture.completedFuture(false);
        }
    }

    private void resign(RaftNode node, String why) throws IOException {
        LOG.warn(why);
        leftOut = 0;
        givenAway = 0;
        node.leadership().resign();
    }

    private void changeMembers(Members members, ReplicaDigest mine, List<ReplicaDigest> others) throws IOException {
        Membership from = members.now();
        List<ReplicaDigest> shown = new ArrayList<>(others);
        shown.add(mine);
        Optional<Membership> next = Replacement.next(from, others).or(() -> Preference.next(nodes, from, shown));
        if (next.isEmpty()) {
            return;
        }
        Membership to = next.get();
        LOG.warn("changing the members from={} to={}", from.members(), to.members());
        change = members.change(from, to)
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        LOG.warn("members changed now={}", to.members());
                    } else {
                        LOG.warn("members not changed yet reason=\"{}\"", failure.getMessage());
                    }
                })
                .exceptionally(_ -> null);
    }

    /**
     * Gives the lead to the preferred primary once that is here, fit and nearly caught up.
     *
     * <p>Ratis would do so too, but only in a moment without writes, and under load there is none.
     */
    private void yieldToPreferred(Leadership leadership, ReplicaDigest mine, List<ReplicaDigest> others)
            throws IOException {
        Optional<String> preferred =
                leadership.preferredPrimary().map(peer -> peer.getId().toString());
        boolean ready = others.stream()
                .filter(other -> preferred.filter(other.peer()::equals).isPresent())
                .anyMatch(other -> mine.revision() - other.revision() < NEARLY && other.fit());
        if (ready) {
            leadership.handOver(HAND_OVER);
        }
    }
}
