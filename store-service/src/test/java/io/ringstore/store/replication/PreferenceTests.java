package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.link.NodeAddress;
import io.ringstore.store.replication.Membership.Member;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first node of the settings that is fit is preferred as primary (P2, §8.5). */
class PreferenceTests {

    private static final List<NodeAddress> NODES = List.of(node("store-0"), node("store-1"), node("store-2"));
    private static final ReplicaDigest FIT_0 = shows("store-0-aa", true);
    private static final ReplicaDigest FIT_1 = shows("store-1-aa", true);
    private static final ReplicaDigest FIT_2 = shows("store-2-aa", true);
    private static final ReplicaDigest UNFIT_0 = shows("store-0-aa", false);
    private static final ReplicaDigest UNFIT_1 = shows("store-1-aa", false);
    private static final ReplicaDigest UNFIT_2 = shows("store-2-aa", false);

    @Test
    void nothingChangesWhileTheFirstIsFit() {
        assertThat(preferred(0, FIT_0, FIT_1, FIT_2)).isEqualTo("as before");
        assertThat(preferred(0, FIT_0, UNFIT_1, UNFIT_2)).isEqualTo("as before");
    }

    @Test
    void anUnfitOneGivesWayToTheNextThatIsFit() {
        assertThat(preferred(0, UNFIT_0, FIT_1, FIT_2)).isEqualTo("store-1-aa");
        assertThat(preferred(0, UNFIT_0, UNFIT_1, FIT_2)).isEqualTo("store-2-aa");
        assertThat(preferred(1, UNFIT_0, FIT_1, FIT_2)).isEqualTo("as before");
    }

    @Test
    void theFirstIsPreferredAgainOnceItIsFit() {
        assertThat(preferred(1, FIT_0, FIT_1, FIT_2)).isEqualTo("store-0-aa");
    }

    @Test
    void aSilentNodeKeepsItsPlace() {
        assertThat(preferred(0, FIT_1, FIT_2)).isEqualTo("as before");
    }

    @Test
    void ifNobodyIsFitTheFirstLeads() {
        assertThat(preferred(0, UNFIT_0, UNFIT_1, UNFIT_2)).isEqualTo("as before");
    }

    @Test
    void nothingIsChangedWhileAnotherChangeIsUnderWay() {
        var unsettled = new Membership(7, false, members(0).members());

        assertThat(Preference.next(NODES, unsettled, List.of(UNFIT_0, FIT_1, FIT_2)))
                .isEmpty();
    }

    private static String preferred(int before, ReplicaDigest... shown) {
        return Preference.next(NODES, members(before), List.of(shown))
                .flatMap(next -> next.members().stream()
                        .filter(member -> member.priority() == 1)
                        .map(Member::peer)
                        .reduce((one, other) -> one + " and " + other))
                .orElse("as before");
    }

    private static Membership members(int preferred) {
        return new Membership(
                7,
                true,
                List.of(
                        new Member("store-0-aa", preferred == 0 ? 1 : 0),
                        new Member("store-1-aa", preferred == 1 ? 1 : 0),
                        new Member("store-2-aa", preferred == 2 ? 1 : 0)));
    }

    private static ReplicaDigest shows(String peer, boolean fit) {
        return new ReplicaDigest(peer, 0, 0, Map.of(), members(0), fit);
    }

    private static NodeAddress node(String name) {
        return new NodeAddress(name, URI.create("http://" + name + ":8200"));
    }
}
