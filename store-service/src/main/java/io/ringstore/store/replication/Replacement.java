package io.ringstore.store.replication;

import io.ringstore.store.replication.Membership.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a disk takes the place of a lost one (P6); decides, changes nothing.
 *
 * <p>The disk that a node has now is known by its new peer id, because a node tells who it is only from what is on that
 * disk. The member it replaces is the one that lived on the same node: it has no address any more, so nobody can hear
 * of it again. The change itself is Raft's: the new member is filled first, and a majority of the old and of the new
 * members must agree.
 */
final class Replacement {

    private Replacement() {}

    /** The members as they should become, if some node answers with a disk that never was a member. */
    static Optional<Membership> next(Membership current, List<ReplicaDigest> others) {
        if (!current.settled()) {
            return Optional.empty();
        }
        return others.stream()
                .filter(other -> isNewcomer(other, current))
                .findFirst()
                .flatMap(newcomer ->
                        current.on(PeerName.nodeOf(newcomer.peer())).map(lost -> with(current, lost, newcomer.peer())));
    }

    private static boolean isNewcomer(ReplicaDigest other, Membership current) {
        return !current.has(other.peer()) && !other.membership().has(other.peer());
    }

    private static Membership with(Membership current, Member lost, String newcomer) {
        List<Member> members = new ArrayList<>(current.members());
        members.remove(lost);
        members.add(new Member(newcomer, lost.priority()));
        return new Membership(current.index(), false, members);
    }

    /**
     * The member that took the place of this replica while it was away, if there is one.
     *
     * <p>What this replica has is out of date then, and it would ask for votes that it must not get.
     */
    static Optional<String> of(ReplicaDigest mine, List<ReplicaDigest> others) {
        if (!mine.membership().has(mine.peer())) {
            return Optional.empty();
        }
        return others.stream()
                .map(ReplicaDigest::membership)
                .filter(theirs ->
                        theirs.settled() && theirs.index() > mine.membership().index() && !theirs.has(mine.peer()))
                .flatMap(theirs -> theirs.on(PeerName.nodeOf(mine.peer())).stream())
                .map(Member::peer)
                .findFirst();
    }
}
