package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Entries are refused before the disk is full, and taken again when there is clearly more room. */
class DiskSpaceTests {

    private final AtomicLong usable = new AtomicLong(1_000);
    private final DiskSpace space = new DiskSpace(usable::get, 100);

    @Test
    void theReserveIsLeftAlone() {
        assertThat(lowWith(100)).isFalse();
        assertThat(lowWith(99)).isTrue();
        assertThat(lowWith(0)).isTrue();
    }

    @Test
    void aLittleRoomIsNotEnoughToGoOn() {
        assertThat(lowWith(99)).isTrue();
        assertThat(lowWith(124)).isTrue();
        assertThat(lowWith(125)).isFalse();
        assertThat(lowWith(101)).isFalse();
    }

    @Test
    void aDiskThatDoesNotSayIsTakenForRoomy() {
        var silent = new DiskSpace(
                () -> {
                    throw new IOException("no such directory");
                },
                100);

        assertThat(silent.isLow()).isFalse();
    }

    private boolean lowWith(long bytes) {
        usable.set(bytes);
        space.look();
        return space.isLow();
    }
}
