package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.link.NodeAddress;
import io.ringstore.store.replication.Founding.Step;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A group is founded by disks that are all empty, never by guess (P6). */
class FoundingTests {

    private static final List<NodeAddress> NODES = List.of(address("store-0"), address("store-1"), address("store-2"));

    private final NodeIdentity zero = NodeIdentity.fresh("c", "store-0");
    private final NodeIdentity one = NodeIdentity.fresh("c", "store-1");
    private final NodeIdentity two = NodeIdentity.fresh("c", "store-2");

    @Test
    void threeEmptyDisksFoundTheSameGroupWhoeverIsFirst() {
        Step first = step(zero, one, two);

        assertThat(first)
                .isInstanceOf(Step.Join.class)
                .isEqualTo(step(one, two, zero))
                .isEqualTo(step(two, zero, one));
    }

    @Test
    void aSilentNodeIsWaitedFor() {
        assertThat(step(zero, one)).isEqualTo(new Step.Wait(List.of("store-2")));
    }

    @Test
    void aNodeThatMayNotFoundWaits() {
        assertThat(Founding.step(zero, NODES, List.of(one, two), false)).isEqualTo(new Step.Wait(List.of()));
    }

    @Test
    void aFounderJoinsThoseThatWentAheadEvenIfOneIsSilentByNow() {
        NodeIdentity ahead = joined(one);

        assertThat(step(zero, ahead)).isEqualTo(new Step.Join(group(ahead), ahead.founders()));
    }

    @Test
    void anEmptiedDiskStaysOutsideAlthoughItsNodeWasAFounder() {
        NodeIdentity emptied = NodeIdentity.fresh("c", "store-0");

        assertThat(step(emptied, joined(one), joined(two))).isInstanceOf(Step.Outside.class);
        assertThat(step(emptied, joined(one))).isInstanceOf(Step.Outside.class);
        assertThat(step(emptied, two, joined(one))).isInstanceOf(Step.Outside.class);
    }

    @Test
    void anEmptiedDiskNeverGetsItsOldIdBack() {
        assertThat(NodeIdentity.fresh("c", "store-0").peer())
                .isNotEqualTo(zero.peer())
                .startsWith("store-0-");
    }

    private NodeIdentity joined(NodeIdentity identity) {
        return step(zero, one, two) instanceof Step.Join(UUID group, List<String> founders)
                ? identity.in(group, founders)
                : identity;
    }

    private static UUID group(NodeIdentity identity) {
        UUID group = identity.group();
        assertThat(group).isNotNull();
        return group == null ? new UUID(0, 0) : group;
    }

    private static Step step(NodeIdentity self, NodeIdentity... answers) {
        return Founding.step(self, NODES, List.of(answers), true);
    }

    private static NodeAddress address(String node) {
        return new NodeAddress(node, URI.create("http://" + node + ":8200"));
    }
}
