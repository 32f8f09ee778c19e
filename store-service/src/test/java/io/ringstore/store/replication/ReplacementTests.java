package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.store.replication.Membership.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A disk takes a place only in place of the lost one of its node, and a replaced one never again (P6). */
class ReplacementTests {

    private static final Member ZERO = new Member("store-0-aa", 1);
    private static final Member ONE = new Member("store-1-aa", 0);
    private static final Member TWO = new Member("store-2-aa", 0);
    private static final Membership NOBODY = new Membership(-1, false, List.of());

    private final Membership founders = settled(5, ZERO, ONE, TWO);

    @Test
    void anEmptyDiskReplacesTheLostOneOfItsNode() {
        assertThat(next(founders, shows("store-2-bb", NOBODY)))
                .containsExactlyInAnyOrder(ZERO, ONE, new Member("store-2-bb", 0));
    }

    @Test
    void theDiskOfThePreferredPrimaryInheritsThePreference() {
        assertThat(next(founders, shows("store-0-bb", NOBODY)))
                .containsExactlyInAnyOrder(new Member("store-0-bb", 1), ONE, TWO);
    }

    @Test
    void oneDiskIsReplacedAtATime() {
        assertThat(next(founders, shows("store-1-bb", NOBODY), shows("store-2-bb", NOBODY)))
                .containsExactlyInAnyOrder(ZERO, new Member("store-1-bb", 0), TWO);
    }

    @Test
    void membersAndSilentNodesAreLeftAlone() {
        assertThat(next(founders, shows("store-1-aa", founders), shows("store-2-aa", founders)))
                .isEmpty();
        assertThat(next(founders, shows("store-1-aa", founders))).isEmpty();
    }

    @Test
    void nothingIsChangedWhileAnotherChangeIsUnderWay() {
        var unsettled = new Membership(9, false, founders.members());

        assertThat(Replacement.next(unsettled, List.of(shows("store-2-bb", NOBODY))))
                .isEmpty();
    }

    @Test
    void aDiskOfANodeWithoutAPlaceGetsNone() {
        assertThat(next(founders, shows("store-7-bb", NOBODY))).isEmpty();
    }

    @Test
    void aDiskThatWasReplacedDoesNotPushItsSuccessorOut() {
        Membership later = settled(9, ZERO, ONE, new Member("store-2-bb", 0));

        assertThat(next(later, shows("store-2-aa", founders))).isEmpty();
    }

    @Test
    void aDiskThatWasReplacedIsToldByWhom() {
        Membership later = settled(9, ZERO, ONE, new Member("store-2-bb", 0));

        assertThat(Replacement.of(shows("store-2-aa", founders), List.of(shows("store-0-aa", later))))
                .isEqualTo(Optional.of("store-2-bb"));
    }

    @Test
    void onlyALaterMembershipThatAMajorityHasReplacesADisk() {
        Membership earlier = settled(3, ZERO, ONE, new Member("store-2-bb", 0));
        var unsettled = new Membership(
                9, false, settled(9, ZERO, ONE, new Member("store-2-bb", 0)).members());
        ReplicaDigest mine = shows("store-2-aa", founders);

        assertThat(Replacement.of(mine, List.of(shows("store-0-aa", earlier), shows("store-1-aa", unsettled))))
                .isEmpty();
        assertThat(Replacement.of(mine, List.of(shows("store-0-aa", founders)))).isEmpty();
    }

    @Test
    void aDiskThatWaitsForItsPlaceWasNotReplaced() {
        assertThat(Replacement.of(shows("store-2-bb", NOBODY), List.of(shows("store-0-aa", founders))))
                .isEmpty();
    }

    private static List<Member> next(Membership current, ReplicaDigest... others) {
        return Replacement.next(current, List.of(others))
                .map(Membership::members)
                .orElse(List.of());
    }

    private static Membership settled(long index, Member... members) {
        return new Membership(index, true, List.of(members));
    }

    private static ReplicaDigest shows(String peer, Membership membership) {
        return new ReplicaDigest(peer, 0, 0, Map.of(), membership, true);
    }
}
