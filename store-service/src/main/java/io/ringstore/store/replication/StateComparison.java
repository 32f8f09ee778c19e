package io.ringstore.store.replication;

import java.util.List;
import java.util.Map;

/** Who says that the state after the same index is another one (invariant S11). */
final class StateComparison {

    private StateComparison() {}

    /** Those of the others whose state was not that of this replica at an index that both still know. */
    static List<ReplicaDigest> differing(ReplicaDigest mine, List<ReplicaDigest> others) {
        return others.stream().filter(other -> differ(mine, other)).toList();
    }

    /** Whether this replica is the one that is wrong: several others differ from it and not from each other. */
    static boolean isAlone(List<ReplicaDigest> differing) {
        return differing.size() > 1 && differing.stream().noneMatch(one -> differ(one, differing.getFirst()));
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
}
