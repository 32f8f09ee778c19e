package io.ringstore.store.replication;

import io.ringstore.link.NodeAddress;
import io.ringstore.store.replication.Membership.Member;
import java.util.List;
import java.util.Optional;

/**
 * Who should lead: the first node of the settings that does not say of itself that it is unfit (P2, §8.5).
 *
 * <p>Raft gives the lead only to a member of the greatest priority. So an unfit preferred primary loses its priority, by
 * a change of the members that a majority must agree to, and gets it back once it is fit. A silent node keeps what it
 * has: when it is gone, the others elect anyway.
 */
final class Preference {

    private Preference() {}

    /** The members as they should become, if another one should be preferred; of all nodes in {@code shown}. */
    static Optional<Membership> next(List<NodeAddress> nodes, Membership current, List<ReplicaDigest> shown) {
        List<Member> inOrder =
                nodes.stream().flatMap(node -> current.on(node.id()).stream()).toList();
        if (!current.settled() || inOrder.size() != current.members().size()) {
            return Optional.empty();
        }
        Member preferred = inOrder.stream()
                .filter(member -> !isUnfit(member, shown))
                .findFirst()
                .orElse(inOrder.getFirst());
        List<Member> wanted = inOrder.stream()
                .map(member -> new Member(member.peer(), member.equals(preferred) ? 1 : 0))
                .toList();
        var next = new Membership(current.index(), false, wanted);
        return next.members().equals(current.members()) ? Optional.empty() : Optional.of(next);
    }

    private static boolean isUnfit(Member member, List<ReplicaDigest> shown) {
        return shown.stream().anyMatch(node -> node.peer().equals(member.peer()) && !node.fit());
    }
}
