package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerLimits;
import io.ringstore.ledger.Stamp;
import io.ringstore.store.history.HistoryPosition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a whole, undamaged backup is restored, only into nothing, and a refusal changes nothing. */
class RestoreCommandTests {

    @TempDir
    private Path directory;

    private Path file;
    private byte[] good;

    @BeforeEach
    void backUp() throws IOException {
        var ledger = new Ledger(LedgerLimits.DEFAULT);
        var node = new NodeId("store-0");
        var sync = new NodeId("sync-0");
        ledger.apply(
                new Stamp(1_764_000_000_000L, node, 1, node, Stamp.UNBOUNDED),
                new Claim(new RingConfig(0, List.of(sync)), sync, "claim", 0, OptionalLong.empty()));
        var image = new SnapshotImage(0, 7, HistoryPosition.START, ledger.snapshot());
        file = directory.resolve("good.backup");
        try (OutputStream out = Files.newOutputStream(file)) {
            new BackupFile("ringstore", 1_764_000_000_000L, image).writeTo(out);
        }
        good = Files.readAllBytes(file);
    }

    private record Ran(int code, String out, String err) {}

    private Ran restore(Path from) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        String[] arguments = {
            from.toString(),
            "ringstore",
            "store-0=" + directory.resolve("data/store-0"),
            "store-1=" + directory.resolve("data/store-1"),
            "store-2=" + directory.resolve("data/store-2")
        };
        int code = RestoreCommand.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void assertRefused(byte[] content, String why) throws IOException {
        Path bad = Files.write(directory.resolve("bad.backup"), content);
        Ran ran = restore(bad);
        assertThat(ran.err()).contains(bad + " cannot be restored", why, "Nothing was changed");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void aBackupIsRestoredAndSaysWhatCameOfIt() {
        Ran ran = restore(file);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("cluster=ringstore takenAt=2025-11-24T16:00:00Z", "keys=0", "stateHash=");
        for (String node : List.of("store-0", "store-1", "store-2")) {
            assertThat(directory.resolve("data").resolve(node).resolve("identity.json"))
                    .exists();
        }
    }

    @Test
    void oneThatIsCutOffAnywhereIsRefused() throws IOException {
        for (int length = 4; length < good.length; length++) {
            assertRefused(Arrays.copyOf(good, length), "damaged or cut off");
        }
        assertRefused(Arrays.copyOf(good, 3), "empty");
        assertRefused(new byte[0], "empty");
    }

    @Test
    void oneWithAFlippedBitIsRefused() throws IOException {
        for (int at = 4; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 0x10;
            assertRefused(flipped, "damaged or cut off");
        }
    }

    @Test
    void oneThatGoesOnAfterItsEndIsRefused() throws IOException {
        assertRefused(Arrays.copyOf(good, good.length + 1), "damaged or cut off");
    }

    @Test
    void aForeignFileIsRefused() throws IOException {
        assertRefused("%PDF-1.7 is something else".getBytes(StandardCharsets.US_ASCII), "not a backup");
    }

    @Test
    void oneOfAnotherVersionIsRefused() throws IOException {
        byte[] other = good.clone();
        other[3]++;
        assertRefused(other, "another version");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Ran ran = restore(directory.resolve("nowhere"));

        assertThat(ran.err()).contains("nowhere does not exist");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void whereSomethingIsNothingIsRestored() throws IOException {
        Path other = Files.createDirectories(directory.resolve("data/store-1")).resolve("identity.json");
        Files.writeString(other, "somebody");

        Ran ran = restore(file);

        assertThat(ran.err()).contains("store-1 is not empty", "into a new cluster only");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(other).hasContent("somebody");
        try (Stream<Path> data = Files.list(directory.resolve("data"))) {
            assertThat(data).hasSize(1);
        }
    }
}
