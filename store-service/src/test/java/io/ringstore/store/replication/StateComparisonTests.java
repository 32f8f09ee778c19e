package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Replicas that applied the same have the same state, and the one that has not finds out that it is the one (P9). */
class StateComparisonTests {

    private static final ReplicaDigest MINE = replica("store-0", Map.of(7L, 70L, 8L, 80L));
    private static final ReplicaDigest SAME = replica("store-1", Map.of(8L, 80L, 9L, 90L));
    private static final ReplicaDigest FAR_AHEAD = replica("store-1", Map.of(1_000L, 1L));
    private static final ReplicaDigest OTHER = replica("store-1", Map.of(8L, 81L));
    private static final ReplicaDigest OTHER_TOO = replica("store-2", Map.of(8L, 81L));
    private static final ReplicaDigest OTHER_STILL = replica("store-2", Map.of(8L, 82L));

    @Test
    void equalStatesAtTheSameIndexDoNotDiffer() {
        assertThat(StateComparison.differing(MINE, List.of(SAME))).isEmpty();
    }

    @Test
    void statesThatCannotBeComparedDoNotDiffer() {
        assertThat(StateComparison.differing(MINE, List.of(FAR_AHEAD))).isEmpty();
    }

    @Test
    void anotherStateAtTheSameIndexIsNoticedThoughOthersAreEqual() {
        assertThat(StateComparison.differing(MINE, List.of(SAME, OTHER_TOO))).containsExactly(OTHER_TOO);
    }

    @Test
    void whoDiffersFromAllOthersIsTheOneThatIsWrong() {
        assertThat(StateComparison.isAlone(List.of(OTHER, OTHER_TOO))).isTrue();
    }

    @Test
    void betweenTwoNobodyKnowsWhoIsWrong() {
        assertThat(StateComparison.isAlone(List.of(OTHER))).isFalse();
        assertThat(StateComparison.isAlone(List.of(OTHER, OTHER_STILL))).isFalse();
    }

    private static ReplicaDigest replica(String peer, Map<Long, Long> hashes) {
        return new ReplicaDigest(peer, 0, 0, hashes, new Membership(0, true, List.of()), true);
    }
}
