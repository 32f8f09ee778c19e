package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.START;
import static io.ringstore.ledger.LedgerUnderTest.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.EntryResult.NoSuchKey;
import io.ringstore.ledger.EntryResult.PreconditionFailed;
import io.ringstore.ledger.EntryResult.Refused;
import io.ringstore.ledger.EntryResult.Transacted;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Snapshots that builds of earlier versions wrote can be read.
 *
 * <p>Both are of these commands: put of {@code a}; put of {@code b} if absent, twice; delete of {@code c}, which is not
 * there; a transaction that gets {@code a}, deletes {@code b} and gets {@code x}.
 */
class OlderSnapshotTests {

    private static final String VERSION_2 = """
            02000000000000000100000000000000060100000007636c61696d2d310000000000000001000000030000000673796e632d
            300000000673796e632d310000000673796e632d320000019ab697e80000000000000000030000000000000000377b7ccfb5
            11f7770000000000000002000000000000000100000000000000070000002430313961623639372d653830302d373030302d
            383030302d3030303030303030303030310100000002433101000000000000000500010000000161010000000a746578742f
            706c61696e000000013100000000000000000100000000000000030000000673796e632d30000000000000019ab697e80000
            00000773746f72652d300000000773746f72652d300000000000000001000000000000000300000000000000070000000374
            786e010000000243310100000000000000050002000000016200000000000000000100000000000000060000000673796e63
            2d30000000000000019ab697e8000000000773746f72652d300000000773746f72652d300000000000000001000000000000
            00050000002430313961623639372d653830302d373030302d383030302d303030303030303030303031d4393c686866077a
            cd6a4a1a16903c300000019ab69c7be00100000000000000010100000000000000000100000000000000030000000673796e
            632d30000000000000019ab697e8000000000773746f72652d300000000773746f72652d3000000000000000010000000474
            6578740f6ef3d701bbbff3e45761facda968c70000019ab69c7be00100000000000000020100000000000000000100000000
            000000030000000673796e632d30000000000000019ab697e8000000000773746f72652d300000000773746f72652d300000
            000000000001000000046c6174654438bfc9f82ee2ff255cd85df7cc125e0000019ab69c7be0020000000000000002000000
            04676f6e65416bc6b4f9c640163d416b4defab8c220000019ab69c7be0030000000374786e464814f87a8b2d6200b3852864
            82a3d10000019ab69c7be00400000000000000030100000003020000000000000001010000000a746578742f706c61696e00
            00000131000100000000000000000100000000000000060000000673796e632d30000000000000019ab697e8000000000773
            746f72652d300000000773746f72652d300000000000000001
            """;

    /** As asked by alice. */
    private static final String VERSION_3 = """
            03000000000000000100000000000000060100000007636c61696d2d310000000000000001000000030000000673796e632d
            300000000673796e632d310000000673796e632d320000019ab697e800000000000000000300000000000000005ad6e73347
            1d76e90000000000000002000000000000000100000000000000070000002430313961623639372d653830302d373030302d
            383030302d303030303030303030303031010000000243310100000000000000050100000005616c69636501000000016101
            0000000a746578742f706c61696e000000013100000000000000000100000000000000030000000673796e632d3000000000
            0000019ab697e8000000000773746f72652d300000000773746f72652d300000000000000001000000000000000300000000
            000000070000000374786e010000000243310100000000000000050100000005616c69636502000000016200000000000000
            000100000000000000060000000673796e632d30000000000000019ab697e8000000000773746f72652d300000000773746f
            72652d30000000000000000100000000000000050100000005616c6963650000002430313961623639372d653830302d3730
            30302d383030302d303030303030303030303031d4393c686866077acd6a4a1a16903c300000019ab69c7be0010000000000
            0000010100000000000000000100000000000000030000000673796e632d30000000000000019ab697e8000000000773746f
            72652d300000000773746f72652d3000000000000000010100000005616c69636500000004746578740f6ef3d701bbbff3e4
            5761facda968c70000019ab69c7be00100000000000000020100000000000000000100000000000000030000000673796e63
            2d30000000000000019ab697e8000000000773746f72652d300000000773746f72652d300000000000000001010000000561
            6c696365000000046c6174654438bfc9f82ee2ff255cd85df7cc125e0000019ab69c7be00200000000000000020100000005
            616c69636500000004676f6e65416bc6b4f9c640163d416b4defab8c220000019ab69c7be0030100000005616c6963650000
            000374786e464814f87a8b2d6200b385286482a3d10000019ab69c7be0040000000000000003010000000302000000000000
            0001010000000a746578742f706c61696e0000000131000100000000000000000100000000000000060000000673796e632d
            30000000000000019ab697e8000000000773746f72652d300000000773746f72652d300000000000000001
            """;

    @Test
    void oneBeforePrincipalsIsReadAsItWas() {
        remembersAll(read(VERSION_2), null);
    }

    @Test
    void oneWithPrincipalsIsReadAsItWas() {
        LedgerSnapshot read = read(VERSION_3);

        remembersAll(read, "alice");
        Ledger ledger = Ledger.restore(read, LedgerUnderTest.LIMITS);
        assertThat(ledger.outcome("text", "bob")).isEmpty();
        assertThat(again(ledger, null, put("text", "b", "2", new Precondition.Absent())))
                .isEqualTo(new Refused(Refusal.KEY_REUSED));
    }

    private static void remembersAll(LedgerSnapshot read, @Nullable String principal) {
        LedgerSnapshot writtenAnew = LedgerUnderTest.throughCodec(read);
        Ledger ledger = Ledger.restore(writtenAnew, LedgerUnderTest.LIMITS);

        assertThat(ledger.rememberedRequestIds()).isEqualTo(5);
        assertThat(ledger.outcome(LedgerUnderTest.uuidAt(START), principal))
                .get()
                .isInstanceOfSatisfying(
                        Committed.class, first -> assertThat(first.revision()).isEqualTo(1));
        assertThat(ledger.outcome("late", principal)).contains(new PreconditionFailed(2));
        assertThat(ledger.outcome("gone", principal)).contains(new NoSuchKey());
        assertThat(ledger.outcome("txn", principal))
                .get()
                .isInstanceOfSatisfying(
                        Transacted.class,
                        txn -> assertThat(txn.outcome().steps()).hasSize(3));
        assertThat(again(ledger, principal, put("text", "b", "2", new Precondition.Absent())))
                .isInstanceOfSatisfying(
                        Committed.class, again -> assertThat(again.duplicate()).isTrue());
    }

    private static EntryResult again(Ledger ledger, @Nullable String principal, Write write) {
        LedgerUnderTest store = new LedgerUnderTest();
        store.ledger = ledger;
        Write asked =
                new Write(write.requestId(), write.client(), write.clientTimestamp(), principal, write.operation());
        return store.one(1, 9, asked);
    }

    @Test
    void oneOfALaterVersionIsRefused() {
        byte[] later = LedgerUnderTest.bytes(LedgerUnderTest.inEpochOne().ledger.snapshot());
        later[0]++;

        assertThatThrownBy(() -> LedgerCodec.readSnapshot(new LedgerInput(later)))
                .isInstanceOf(MalformedLedgerData.class)
                .hasMessageContaining("version 5");
    }

    private static LedgerSnapshot read(String hex) {
        return LedgerCodec.readSnapshot(new LedgerInput(HexFormat.of().parseHex(hex.replace("\n", ""))));
    }
}
