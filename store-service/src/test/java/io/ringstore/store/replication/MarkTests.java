package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.store.history.DamagedStorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a log certainly reached, and who got this node's vote, is known after a restart (P5). */
class MarkTests {

    @TempDir
    private Path data;

    @Test
    void aNewDiskPromisesNothing() throws IOException {
        assertThat(mark().read()).isEqualTo(-1);
    }

    @Test
    void theGreatestIndexIsKept() throws IOException {
        LogMark mark = mark();
        mark.note(17);
        mark.note(900);
        mark.note(3);

        assertThat(mark().read()).isEqualTo(900);
    }

    @Test
    void anyOtherContentIsDamage() throws IOException {
        mark().note(900);
        Path file = data.resolve("log-mark");
        byte[] intact = Files.readAllBytes(file);
        for (int offset = 0; offset < intact.length; offset++) {
            byte[] hurt = intact.clone();
            hurt[offset] ^= 1;
            Files.write(file, hurt);

            assertThatThrownBy(() -> mark().read())
                    .as("byte %d", offset)
                    .isInstanceOf(DamagedStorageException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void theLastVoteIsKeptEvenIfItIsForNobody() throws IOException {
        var votes = new VoteMark(data);
        assertThat(votes.read()).isEmpty();

        votes.note(new VoteMark.Vote(7, "store-1-bb"));
        assertThat(new VoteMark(data).read()).contains(new VoteMark.Vote(7, "store-1-bb"));

        votes.note(new VoteMark.Vote(8, ""));
        assertThat(new VoteMark(data).read()).contains(new VoteMark.Vote(8, ""));
    }

    private LogMark mark() {
        return new LogMark(data);
    }
}
