package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.store.history.DamagedStorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node never forgets what it may have acknowledged: it would rather not start (P5). */
class LogCheckTests {

    @TempDir
    private Path root;

    private Path current;

    @BeforeEach
    void makeDirectories() throws IOException {
        current = Files.createDirectories(root.resolve("current"));
        Files.createDirectories(root.resolve("sm"));
        Files.writeString(current.resolve("raft-meta"), "term=1");
    }

    @Test
    void anIntactLogIsLeftAsItIs() throws IOException {
        LogFileOnDisk.closed(current, 0, 20);
        LogFileOnDisk open = LogFileOnDisk.open(current, 20, 5);
        byte[] before = Files.readAllBytes(open.path);

        check();

        assertThat(open.path).hasBinaryContent(before);
    }

    @Test
    void aHalfWrittenLastRecordIsCutOffWhereverThePowerWent() throws IOException {
        LogFileOnDisk whole = LogFileOnDisk.open(current, 0, 5);
        byte[] intact = Files.readAllBytes(whole.path);
        for (int cut = whole.lastRecord() + 1; cut < whole.dataEnd() - 1; cut++) {
            Files.write(whole.path, intact);
            whole.zero(cut, whole.dataEnd());

            check();

            assertThat(Files.size(whole.path)).as("cut at %d", cut).isEqualTo(whole.lastRecord());
        }
    }

    @Test
    void aLastRecordWithAFlippedBitIsDamage() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        open.flipBit(open.dataEnd() - 6);

        assertDamaged(this::check, open.path);
    }

    @Test
    void aFlippedBitIsDamageEvenIfTheChecksumHappensToEndInZero() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        open.zero(open.dataEnd() - 1, open.dataEnd());
        open.flipBit(open.dataEnd() - 6);

        assertDamaged(this::check, open.path);
    }

    @Test
    void aHalfWrittenRecordBeforeTheLastIsDamage() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        open.zero(open.offsets.get(3) - 4, open.offsets.get(3));

        assertDamaged(this::check, open.path);
    }

    @Test
    void aHalfRecordWithSomethingBehindItIsDamage() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        open.zero(open.dataEnd() - 5, open.dataEnd());
        open.flipBit(open.dataEnd() + 100);

        assertDamaged(this::check, open.path);
    }

    @Test
    void aHalfWrittenRecordInAClosedFileIsDamage() throws IOException {
        LogFileOnDisk closed = LogFileOnDisk.closed(current, 0, 5);
        closed.zero(closed.dataEnd() - 6, closed.dataEnd());

        assertDamaged(this::check, closed.path);
    }

    @Test
    void aFlippedBitAnywhereIsDamageAndTheFileIsNamed() throws IOException {
        LogFileOnDisk.open(current, 3, 1);
        LogFileOnDisk closed = LogFileOnDisk.closed(current, 0, 3);
        byte[] intact = Files.readAllBytes(closed.path);
        for (int offset = 0; offset < intact.length; offset++) {
            Files.write(closed.path, intact);
            closed.flipBit(offset);

            assertDamaged(this::check, closed.path);
        }
    }

    @Test
    void aMissingFileInTheMiddleIsDamage() throws IOException {
        LogFileOnDisk.closed(current, 0, 5);
        LogFileOnDisk.closed(current, 10, 5);

        assertThatThrownBy(this::check)
                .isInstanceOf(DamagedStorageException.class)
                .hasMessageContaining("entries from 5 on are missing");
    }

    @Test
    void aLogThatBeginsAfterTheNewestSnapshotIsDamage() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 10, 5);
        Files.createFile(root.resolve("sm/snapshot.1_8"));

        assertDamaged(this::check, open.path);

        Files.createFile(root.resolve("sm/snapshot.1_9"));
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void lostPromisesAreDamage() throws IOException {
        LogFileOnDisk.open(current, 0, 5);
        Files.delete(current.resolve("raft-meta"));

        assertDamaged(this::check, current.resolve("raft-meta"));
    }

    @Test
    void aFileThatWasJustPreallocatedIsNoDamage() throws IOException {
        LogFileOnDisk.closed(current, 0, 5);
        Files.write(current.resolve("log_inprogress_5"), new byte[1_000]);

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void anInstallationThatWasCutShortIsUndone() throws IOException {
        LogFileOnDisk.open(current, 0, 5);
        Files.move(root.resolve("sm"), root.resolve("sm.tmp.1"));

        check();

        assertThat(root.resolve("sm")).isDirectory();
    }

    @Test
    void theOperatorIsToldWhatToDo() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        open.flipBit(20);

        assertThatThrownBy(this::check).hasMessageContaining("move the whole data directory away");
    }

    private void check() throws IOException {
        new LogCheck(root).run();
    }

    private static void assertDamaged(ThrowingCallable check, Path file) {
        assertThatThrownBy(check)
                .isInstanceOf(DamagedStorageException.class)
                .hasMessageStartingWith(file + " is damaged");
    }
}
