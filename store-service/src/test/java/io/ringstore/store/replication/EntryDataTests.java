package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.NodeId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

/** What stands in the replicated log is read by each version that may meet it, or by none. */
class EntryDataTests {

    private static final EntryData ENTRY =
            new EntryData(7, new NodeId("store-0"), new NodeId("store-1"), new byte[] {1, 2, 3});

    @Test
    void anEntryIsReadAsItWasWritten() {
        EntryData read = EntryData.decode(ENTRY.encode());

        assertThat(read).usingRecursiveComparison().isEqualTo(ENTRY);
    }

    @Test
    void oneOfAnotherVersionOrNotWholeIsRefusedAndNeverGuessedAt() {
        byte[] entry = ENTRY.encode().toByteArray();
        assertThatThrownBy(() -> EntryData.decode(ByteString.copyFrom(entry, 0, 12)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too short");

        entry[0] = 2;
        assertThatThrownBy(() -> EntryData.decode(ByteString.copyFrom(entry)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unknown version 2");
    }
}
