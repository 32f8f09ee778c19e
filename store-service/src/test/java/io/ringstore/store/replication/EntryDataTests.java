package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Stamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

/** What stands in the replicated log is the same on every replica, and read by each version that may meet it, or by none. */
class EntryDataTests {

    private static final NodeId PRIMARY = new NodeId("store-0");
    private static final NodeId VIA = new NodeId("store-1");
    private static final EntryData ENTRY = new EntryData(5, PRIMARY, VIA, 77, new byte[] {1, 2});

    @Test
    void anEntryIsReadAsItWasWritten() {
        EntryData read = EntryData.decode(ENTRY.encode());

        assertThat(read).usingRecursiveComparison().isEqualTo(ENTRY);
        assertThat(read.stamp(3)).isEqualTo(new Stamp(5, PRIMARY, 3, VIA, 77));
    }

    @Test
    void anEntryWithoutABoundIsTheOneThatBuildsKnewWhichHadNone() {
        ByteBuffer old = ByteBuffer.allocate(29).put((byte) 1).putLong(5);
        for (NodeId node : new NodeId[] {PRIMARY, VIA}) {
            old.putShort((short) 7).put(node.name().getBytes(StandardCharsets.UTF_8));
        }
        old.put(new byte[] {1, 2}).flip();

        EntryData read = EntryData.decode(ByteString.copyFrom(old.duplicate()));

        assertThat(read.stamp(3)).isEqualTo(new Stamp(5, PRIMARY, 3, VIA, Stamp.UNBOUNDED));
        assertThat(read.command()).containsExactly(1, 2);
        assertThat(read.encode()).isEqualTo(ByteString.copyFrom(old));
    }

    @Test
    void oneOfAnotherVersionOrNotWholeIsRefusedAndNeverGuessedAt() {
        byte[] entry = ENTRY.encode().toByteArray();
        assertThatThrownBy(() -> EntryData.decode(ByteString.copyFrom(entry, 0, 12)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too short");

        entry[0] = 3;
        assertThatThrownBy(() -> EntryData.decode(ByteString.copyFrom(entry)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unknown version 3");
    }
}
