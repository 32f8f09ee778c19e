package io.ringstore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.ledger.LedgerResult.BatchApplied;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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
}
