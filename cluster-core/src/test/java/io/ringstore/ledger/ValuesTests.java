package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.ledger.Comparison.Operand.Content;
import io.ringstore.ledger.Comparison.Relation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the ledger's values say of themselves. */
class ValuesTests {

    @Test
    void valuesAreEqualByTheirBytesAndTheirType() {
        Value one = value("x");

        assertThat(one).isEqualTo(value("x")).hasSameHashCodeAs(value("x"));
        assertThat(one)
                .isNotEqualTo(value("y"))
                .isNotEqualTo(new Value(one.bytes(), null))
                .isNotEqualTo("x");
        assertThat(one).as("its bytes may be a secret").hasToString("1 bytes of text/plain");
    }

    @Test
    void soIsWhatAKeyIsComparedWith() {
        Content one = new Content(new byte[] {1});

        assertThat(one).isEqualTo(new Content(new byte[] {1})).hasSameHashCodeAs(new Content(new byte[] {1}));
        assertThat(one).isNotEqualTo(new Content(new byte[] {2})).isNotEqualTo("x");
    }

    /** Whoever may not touch all of them may not ask for it. */
    @Test
    void aTransactionNamesEveryKeyItLooksAt() {
        Txn txn = new Txn(
                List.of(new Comparison("compared", new Content(new byte[0]), Relation.EQUAL)),
                List.of(new Step.Put("put", value("x")), new Step.Get("got")),
                List.of(new Step.Delete("deleted")));

        assertThat(txn.keys()).containsExactly("compared", "put", "got", "deleted");
        assertThat(LedgerCodec.decodeTxn(LedgerCodec.encode(txn))).isEqualTo(txn);
    }

    @Test
    void aTransactionStandsInTheLogAsItsChanges() {
        Write txn = LedgerUnderTest.txn("id", List.of(), List.of(), List.of());
        Origin origin = new Origin(
                LedgerUnderTest.fence(1, 3),
                LedgerUnderTest.RING.getFirst(),
                0,
                1,
                LedgerUnderTest.STORE,
                LedgerUnderTest.STORE,
                1);

        LogRecord whole = new LogRecord(new Place(1, 0), new Entry(7, txn), origin);

        assertThatThrownBy(whole::change).isInstanceOf(IllegalStateException.class);
    }
}
