package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.store.history.DamagedStorageException;
import io.ringstore.store.replication.VoteMark.Vote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node never forgets what it may have acknowledged: it would rather not start (P5). */
class LogCheckTests {

    @TempDir
    private Path root;

    private Path current;
    private Optional<Vote> vote = Optional.empty();

    @BeforeEach
    void makeDirectories() throws IOException {
        current = Files.createDirectories(root.resolve("current"));
        Files.createDirectories(root.resolve("sm"));
        Files.writeString(current.resolve("raft-meta"), "term=1\nvotedFor=store-0-aa\n");
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
        nameMembers();
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    /** It seems to reach into the zeros behind the data then, as a half-written last record does. */
    @Test
    void aDamagedLengthDoesNotHideTheEntriesBehindIt() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        open.flipBit(open.offsets.get(3) + 1);

        assertDamaged(this::check, open.path);
    }

    @Test
    void noFlippedBitCostsAnEntryThatWasCertainlyThere() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        byte[] intact = Files.readAllBytes(open.path);
        for (int bit = 0; bit < 8 * (open.dataEnd() + 12); bit++) {
            byte[] hurt = intact.clone();
            hurt[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(survives(open.path, hurt, 4)).as("bit %d", bit).isIn(intactPart(open, 5), "refused");
        }
    }

    @Test
    void aFlippedBitCostsAtMostWhatLooksHalfWritten() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        byte[] intact = Files.readAllBytes(open.path);
        for (int bit = 0; bit < 8 * (open.dataEnd() + 12); bit++) {
            byte[] hurt = intact.clone();
            hurt[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(survives(open.path, hurt, -1))
                    .as("bit %d", bit)
                    .isIn(intactPart(open, 5), intactPart(open, 4), "refused");
        }
    }

    @Test
    void noCutCostsAnEntryThatWasCertainlyThere() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        byte[] intact = Files.readAllBytes(open.path);
        for (int length = 0; length < open.dataEnd() + 20; length++) {
            String whole = length < open.dataEnd() ? "refused" : intactPart(open, 5);

            assertThat(survives(open.path, Arrays.copyOf(intact, length), 4))
                    .as("cut to %d bytes", length)
                    .isEqualTo(whole);
        }
    }

    @Test
    void noZeroedEndCostsAnEntryThatWasCertainlyThere() throws IOException {
        LogFileOnDisk open = LogFileOnDisk.open(current, 0, 5);
        byte[] intact = Files.readAllBytes(open.path);
        for (int from = 0; from < open.dataEnd(); from++) {
            byte[] hurt = intact.clone();
            Arrays.fill(hurt, from, hurt.length, (byte) 0);

            assertThat(survives(open.path, hurt, 3))
                    .as("zero from byte %d on", from)
                    .isIn(
                            from < open.lastRecord()
                                    ? List.of("refused")
                                    : List.of(intactPart(open, 4), intactPart(open, 5)));
        }
    }

    /** What a check leaves of a file: the bytes of its entries, or the word that says it was refused. */
    private String survives(Path file, byte[] content, long mark) throws IOException {
        Files.write(file, content);
        try {
            check(mark);
        } catch (DamagedStorageException e) {
            return "refused";
        }
        byte[] left = Files.readAllBytes(file);
        int end = left.length;
        while (end > 0 && left[end - 1] == 0) {
            end--;
        }
        return HexFormat.of().formatHex(left, 0, end);
    }

    private static String intactPart(LogFileOnDisk file, int entries) {
        return HexFormat.of().formatHex(file.content(), 0, file.offsets.get(entries));
    }

    @Test
    void aLastFileThatIsGoneIsDamage() throws IOException {
        LogFileOnDisk.closed(current, 0, 5);
        LogFileOnDisk open = LogFileOnDisk.open(current, 5, 5);
        check(9);
        Files.delete(open.path);

        assertThatThrownBy(() -> check(7))
                .isInstanceOf(DamagedStorageException.class)
                .hasMessageContaining("ends after entry 4, but it had entry 7 before");
    }

    @Test
    void aLogThatIsGoneIsDamageUnlessASnapshotHasItAll() throws IOException {
        assertThatThrownBy(() -> check(7)).isInstanceOf(DamagedStorageException.class);

        nameMembers();
        Files.createFile(root.resolve("sm/snapshot.1_7"));
        check(7);
    }

    @Test
    void aCutLogWithoutTheNamesOfTheMembersIsDamage() throws IOException {
        LogFileOnDisk.open(current, 10, 5);
        Files.createFile(root.resolve("sm/snapshot.1_9"));
        Path members = current.resolve("raft-meta.conf");

        assertDamaged(this::check, members);

        Files.write(members, new byte[] {1, 2, 3});
        assertDamaged(this::check, members);
        Files.write(members, new byte[0]);
        assertDamaged(this::check, members);
    }

    @Test
    void anUnreadableVoteIsDamage() throws IOException {
        Path vote = current.resolve("raft-meta");
        for (String content :
                List.of("", "term=1", "term=x\nvotedFor=store-0-aa", "votedFor=store-0-aa", "term=\\u12")) {
            Files.writeString(vote, content);

            assertDamaged(this::check, vote);
        }
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

    @Test
    void aVoteThatIsNotTheLastOneIsDamage() throws IOException {
        vote = Optional.of(new Vote(1, "store-0-aa"));
        check();
        vote = Optional.of(new Vote(1, ""));
        check();
        vote = Optional.of(new Vote(0, "store-1-bb"));
        check();

        vote = Optional.of(new Vote(1, "store-1-bb"));
        assertDamaged(this::check, current.resolve("raft-meta"));
        vote = Optional.of(new Vote(2, "store-0-aa"));
        assertDamaged(this::check, current.resolve("raft-meta"));
    }

    private void nameMembers() throws IOException {
        var members = LogEntryProto.newBuilder()
                .setConfigurationEntry(RaftConfigurationProto.newBuilder()
                        .addPeers(RaftPeerProto.newBuilder().setId(ByteString.copyFromUtf8("store-0-aa"))));
        Files.write(current.resolve("raft-meta.conf"), members.build().toByteArray());
    }

    private void check() throws IOException {
        check(-1);
    }

    private void check(long mark) throws IOException {
        new LogCheck(root, mark, vote).run();
    }

    private static void assertDamaged(ThrowingCallable check, Path file) {
        assertThatThrownBy(check)
                .isInstanceOf(DamagedStorageException.class)
                .hasMessageStartingWith(file + " is damaged");
    }
}
