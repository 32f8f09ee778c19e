package io.ringstore.store.replication;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who belongs to the group, as one replica has it from its log.
 *
 * @param index of the entry that says so
 * @param settled whether a majority has that entry and no change is under way
 */
public record Membership(long index, boolean settled, List<Member> members) {

    /**
     * A member of the group.
     *
     * @param priority the greatest one leads while it can (P2)
     */
    public record Member(String peer, int priority) {

        boolean isOn(String node) {
            return PeerName.nodeOf(peer).equals(node);
        }
    }

    public Membership {
        members = members.stream().sorted(Comparator.comparing(Member::peer)).toList();
    }

    boolean has(String peer) {
        return members.stream().anyMatch(member -> member.peer().equals(peer));
    }

    /** The member that lives on this node. */
    Optional<Member> on(String node) {
        return members.stream().filter(member -> member.isOn(node)).findFirst();
    }
}
