package io.ringstore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.ledger.LedgerResult.BatchApplied;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes into the log comes out of it, and what nobody put in is refused. */
class LedgerCodecTests {

    @Test
    void commandsComeBackAsTheyWere() {
        for (long seed = 0; seed < 200; seed++) {
            RandomCommands commands = new RandomCommands(new SplittableRandom(seed));
            for (int i = 0; i < 20; i++) {
                commands.now();
                LedgerCommand command = commands.next();
                assertThat(LedgerCodec.decodeCommand(LedgerCodec.encode(command)))
                        .isEqualTo(command);
            }
        }
    }

    @Test
    void recordsAndStampsComeBackAsTheyWere() {
        LedgerUnderTest store = LedgerUnderTest.inEpochOne();
        BatchApplied applied =
                (BatchApplied) store.apply(LedgerUnderTest.batch(1, 3, LedgerUnderTest.put("ä", "schlüssel", "😀")));
        LogRecord record = applied.appended().getFirst();
        Stamp stamp = new Stamp(5, LedgerUnderTest.STORE, 2, LedgerUnderTest.STORE, 9);

        assertThat(LedgerCodec.decodeRecord(LedgerCodec.encode(record))).isEqualTo(record);
        assertThat(LedgerCodec.decodeStamp(LedgerCodec.encode(stamp))).isEqualTo(stamp);
    }

    @Test
    void everyPrefixOfACommandIsRefused() {
        byte[] good = LedgerCodec.encode(LedgerUnderTest.batch(1, 3, LedgerUnderTest.put("a", "k", "1")));
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> LedgerCodec.decodeCommand(cut)).isInstanceOf(MalformedLedgerData.class);
        }
        assertThatThrownBy(() -> LedgerCodec.decodeCommand(Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(MalformedLedgerData.class);
    }

    @Test
    void aCommandOfAVersionThatIsNotKnownIsRefusedAndSaysWhichItIs() {
        byte[] command = LedgerCodec.encode(LedgerUnderTest.batch(1, 3, LedgerUnderTest.put("a", "k", "1")));
        assertThat(command[0]).isEqualTo((byte) 1);
        command[0] = 9;

        assertThatThrownBy(() -> LedgerCodec.decodeCommand(command))
                .isInstanceOf(MalformedLedgerData.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void changedBytesAreRefusedOrAreAnotherCommandButNeverAnythingElse() {
        int refused = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = LedgerCodec.encode(LedgerUnderTest.batch(1, 3, LedgerUnderTest.put("a", "k", "1")));
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                LedgerCodec.decodeCommand(bytes);
            } catch (MalformedLedgerData expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    @Test
    void aLengthThatIsALieTakesNoMemory() {
        byte[] bytes = LedgerCodec.encode(LedgerUnderTest.batch(1, 3, LedgerUnderTest.put("a", "k", "1")));
        int lengthOfNodeName = 1 + 1 + Long.BYTES;
        Arrays.fill(bytes, lengthOfNodeName, lengthOfNodeName + Integer.BYTES, (byte) 0x7f);

        assertThatThrownBy(() -> LedgerCodec.decodeCommand(bytes))
                .isInstanceOf(MalformedLedgerData.class)
                .hasMessageContaining("no length");
    }

    /** Bytes of a transaction or an outcome: the version, then big-endian numbers, texts after their length. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no number of parts, 01 ffffffff",
        "no number of parts, 01 00000081",
        "no relation,        01 00000001 00000001 61 04",
        "no operand,         01 00000001 00000001 61 00 03",
        "no flag,            01 00000001 00000001 61 00 02 02",
        "no step,            01 00000000 00000001 03"
    })
    void whatNoTransactionHasIsRefusedByItsName(String what, String hex) {
        assertThatThrownBy(() -> LedgerCodec.decodeTxn(bytes(hex)))
                .isInstanceOf(MalformedLedgerData.class)
                .hasMessageContaining(what);
    }

    @Test
    void whatNoOutcomeAndNoSnapshotHasIsRefusedByItsName() {
        assertThatThrownBy(() -> LedgerCodec.decodeTxnOutcome(bytes("01 01 00000001 03")))
                .hasMessageContaining("no result of a step: 3");

        LedgerUnderTest store = LedgerUnderTest.inEpochOne();
        store.one(1, 3, LedgerUnderTest.delete("id", "k", new Precondition.Always()));
        byte[] snapshot = LedgerUnderTest.bytes(store.ledger.snapshot());
        snapshot[snapshot.length - 1] = 9; // the last it has is the result of what was asked last: no such key
        assertThatThrownBy(() -> LedgerCodec.readSnapshot(new LedgerInput(snapshot)))
                .isInstanceOf(MalformedLedgerData.class)
                .hasMessageContaining("no result: 9");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void aRefusalIsNeverRemembered() {
        var refused = new RememberedRequest(
                RequestId.of("id"), null, new PayloadHash(1, 2), LedgerUnderTest.refused(Refusal.BUSY), 9);

        assertThatThrownBy(() -> new RequestBlock().add(refused)).hasMessageContaining("a refusal is not remembered");
    }

    /** What a checksum would have found before. */
    @Test
    void aSnapshotOfChangedBytesIsRefusedOrIsAnotherSnapshotButNeverAnythingElse() {
        LedgerUnderTest store = LedgerUnderTest.inEpochOne();
        for (int i = 0; i < 20; i++) {
            store.one(1, 3L * i, LedgerUnderTest.put("id " + i, "k", "1"));
        }
        byte[] good = LedgerUnderTest.bytes(store.ledger.snapshot());
        int refused = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = random.nextBoolean() ? good.clone() : Arrays.copyOf(good, random.nextInt(good.length));
            for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                LedgerCodec.readSnapshot(new LedgerInput(bytes));
            } catch (MalformedLedgerData expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void aWriteTakesNoMoreThanItWeighs() {
        int alone = LedgerCodec.encode(LedgerUnderTest.batch(1, 3)).length;
        for (Write write : List.of(
                LedgerUnderTest.put("id", "key", "value"),
                LedgerUnderTest.delete("id", "k".repeat(200), new Precondition.AtRevision(7)))) {
            assertThat(LedgerCodec.encode(LedgerUnderTest.batch(1, 3, write)).length - alone)
                    .isLessThanOrEqualTo(write.weight());
        }
    }
}
