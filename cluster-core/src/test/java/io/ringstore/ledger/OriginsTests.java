package io.ringstore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.LedgerCommand.Batch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An origin names who had to do with a batch, and does not keep their names once more. */
class OriginsTests {

    private static final RingConfig RING = new RingConfig(1, LedgerUnderTest.RING);

    private final Origins origins = new Origins();

    /** As decoded: each with names of its own. */
    private Origin of(String sync) {
        var batch = new Batch(1, new NodeId(sync), LedgerUnderTest.fence(1, 4), List.of());
        return origins.of(batch, RING, 7, new Stamp(5, new NodeId("store-0"), 3, new NodeId("store-1"), 9));
    }

    @Test
    void itSaysAllOfTheBatch() {
        assertThat(of("sync-1"))
                .isEqualTo(new Origin(
                        LedgerUnderTest.fence(1, 4),
                        new NodeId("sync-1"),
                        1,
                        7,
                        new NodeId("store-1"),
                        new NodeId("store-0"),
                        3));
    }

    @Test
    void itSaysWhoAskedOutOfPlaceToo() {
        assertThat(of("nobody").node()).isEqualTo(new NodeId("nobody"));
        assertThat(of("nobody").position()).isEqualTo(-1);
    }

    @Test
    void batchesShareTheNodes() {
        Origin one = of("sync-1");
        Origin other = of("sync-1");

        assertThat(one.node()).isSameAs(other.node());
        assertThat(one.via()).isSameAs(other.via());
        assertThat(one.primary()).isSameAs(other.primary());
    }
}
