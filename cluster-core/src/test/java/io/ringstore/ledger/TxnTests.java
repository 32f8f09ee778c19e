package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.batch;
import static io.ringstore.ledger.LedgerUnderTest.delete;
import static io.ringstore.ledger.LedgerUnderTest.inEpochOne;
import static io.ringstore.ledger.LedgerUnderTest.txn;
import static io.ringstore.ledger.LedgerUnderTest.uuidAt;
import static io.ringstore.ledger.LedgerUnderTest.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ringstore.ledger.Comparison.Operand;
import io.ringstore.ledger.Comparison.Relation;
import io.ringstore.ledger.EntryResult.Refused;
import io.ringstore.ledger.EntryResult.Transacted;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.TxnOutcome.StepResult.Found;
import io.ringstore.ledger.TxnOutcome.StepResult.Missing;
import io.ringstore.ledger.TxnOutcome.StepResult.Written;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A transaction is decided and done as one, once (decision 6). */
class TxnTests {

    private final LedgerUnderTest store = inEpochOne();
    private int hop = 3;

    private EntryResult one(Write write) {
        return store.one(1, hop++, write);
    }

    private Transacted decided(Write write) {
        return (Transacted) one(write);
    }

    private static Step put(String key, String text) {
        return new Step.Put(key, value(text));
    }

    private static Step get(String key) {
        return new Step.Get(key);
    }

    @Nested
    class ItsWrites {

        @Test
        void shareOneRevisionAndStandNextToEachOther() {
            one(LedgerUnderTest.put("before", "b", "old"));
            BatchApplied applied = (BatchApplied) store.apply(batch(
                    1,
                    hop++,
                    txn("t", List.of(), List.of(put("a", "1"), new Step.Delete("b"), put("c", "3")), List.of()),
                    LedgerUnderTest.put("after", "d", "4")));

            assertThat(applied.appended())
                    .extracting(LogRecord::place, record -> record.change().key())
                    .containsExactly(
                            tuple(new Place(2, 0), "a"),
                            tuple(new Place(2, 1), "b"),
                            tuple(new Place(2, 2), "c"),
                            tuple(new Place(3, 0), "d"));
            assertThat(applied.replaced().get(1)).isNotNull().returns(1L, LogRecord::revision);
            assertThat(store.ledger.get("b")).isEmpty();
            assertThat(store.ledger.lastRevision()).isEqualTo(3);
        }

        @Test
        void areAllDoneOrNoneAtAll() {
            one(LedgerUnderTest.put("before", "a", "1"));
            Comparison holds = new Comparison("a", new Operand.Existence(true), Relation.EQUAL);
            Comparison fails = new Comparison("b", new Operand.Existence(true), Relation.EQUAL);

            Transacted result = decided(txn(
                    "t", List.of(holds, fails), List.of(put("a", "2"), put("b", "2")), List.of(get("a"), get("b"))));

            assertThat(result.outcome())
                    .isEqualTo(new TxnOutcome(false, List.of(new Found(1, value("1")), new Missing())));
            assertThat(store.ledger.lastRevision()).isEqualTo(1);
        }

        @Test
        void takeNoRevisionIfThereAreNone() {
            one(LedgerUnderTest.put("before", "a", "1"));

            Transacted result = decided(txn("t", List.of(), List.of(new Step.Delete("b"), get("a")), List.of()));

            assertThat(result.revision()).isEqualTo(1);
            assertThat(result.outcome().wrote()).isFalse();
            assertThat(one(LedgerUnderTest.put("after", "a", "2"))).isInstanceOf(EntryResult.Committed.class);
            assertThat(store.ledger.lastRevision()).isEqualTo(2);
        }
    }

    @Nested
    class AComparison {

        private boolean holds(String key, Operand operand, Relation relation) {
            Comparison comparison = new Comparison(key, operand, relation);
            return decided(txn("txn-" + hop, List.of(comparison), List.of(), List.of()))
                    .outcome()
                    .succeeded();
        }

        private boolean value(String key, Relation relation, String text) {
            return holds(key, new Operand.Content(text.getBytes(UTF_8)), relation);
        }

        @Test
        void ofAValueIsByteByByteUnsigned() {
            one(LedgerUnderTest.put("1", "k", "hellö"));

            assertThat(value("k", Relation.EQUAL, "hellö")).isTrue();
            assertThat(value("k", Relation.EQUAL, "hell")).isFalse();
            assertThat(value("k", Relation.NOT_EQUAL, "hell")).isTrue();
            assertThat(value("k", Relation.GREATER, "hellz")).isTrue();
            assertThat(value("k", Relation.LESS, "i")).isTrue();
            assertThat(value("k", Relation.LESS, "hellö")).isFalse();
        }

        @Test
        void ofTheValueOfAMissingKeyNeverHolds() {
            for (Relation relation : Relation.values()) {
                assertThat(value("nothing", relation, "")).isFalse();
            }
        }

        @Test
        void ofARevisionTakesAMissingKeyForZero() {
            one(LedgerUnderTest.put("1", "other", "x"));
            one(LedgerUnderTest.put("2", "k", "x"));

            assertThat(holds("k", new Operand.Revision(2), Relation.EQUAL)).isTrue();
            assertThat(holds("k", new Operand.Revision(2), Relation.NOT_EQUAL)).isFalse();
            assertThat(holds("k", new Operand.Revision(1), Relation.GREATER)).isTrue();
            assertThat(holds("nothing", new Operand.Revision(0), Relation.EQUAL))
                    .isTrue();
            assertThat(holds("nothing", new Operand.Revision(1), Relation.LESS)).isTrue();
        }

        @Test
        void ofExistenceKnowsWhatWasDeleted() {
            one(LedgerUnderTest.put("1", "k", "x"));
            assertThat(holds("k", new Operand.Existence(true), Relation.EQUAL)).isTrue();

            one(delete("2", "k", new Precondition.Always()));

            assertThat(holds("k", new Operand.Existence(true), Relation.EQUAL)).isFalse();
            assertThat(holds("k", new Operand.Existence(true), Relation.NOT_EQUAL))
                    .isTrue();
        }
    }

    @Nested
    class Again {

        private final Write asked =
                txn("t", List.of(), List.of(put("a", "2"), get("b"), new Step.Delete("c")), List.of());

        @Test
        void itHasTheSameAnswerAfterOverwritesCompactionAndARestart() {
            one(LedgerUnderTest.put("before", "b", "read"));
            Transacted first = decided(asked);
            one(LedgerUnderTest.put("after", "b", "other"));
            store.apply(new LedgerCommand.Compact(3));
            store.restart();

            assertThat(decided(asked))
                    .isEqualTo(new Transacted(first.revision(), first.outcome(), true, first.origin()));
            assertThat(first.outcome().steps())
                    .containsExactly(new Written(), new Found(1, value("read")), new Missing());
            assertThat(store.ledger.lastRevision()).isEqualTo(3);
        }

        @Test
        void isItEvenThoughItWroteNothing() {
            Write nothing = txn("t", List.of(), List.of(get("a")), List.of());
            decided(nothing);
            one(LedgerUnderTest.put("p", "a", "1"));

            assertThat(decided(nothing).outcome()).isEqualTo(new TxnOutcome(true, List.of(new Missing())));
        }

        @Test
        void withAnyOtherPayloadIsRefused() {
            decided(asked);
            Txn first = (Txn) asked.operation();
            Comparison more = new Comparison("z", new Operand.Revision(0), Relation.EQUAL);
            List<Txn> others = List.of(
                    new Txn(List.of(more), first.then(), first.otherwise()),
                    new Txn(List.of(), first.otherwise(), first.then()),
                    new Txn(List.of(), List.of(put("a", "3"), get("b"), new Step.Delete("c")), List.of()),
                    new Txn(List.of(), List.of(put("a", "2"), get("b"), get("c")), List.of()));

            for (Txn other : others) {
                assertThat(one(asked.with(other))).isEqualTo(new Refused(Refusal.KEY_REUSED));
            }
            assertThat(one(LedgerUnderTest.put("t", "a", "2"))).isEqualTo(new Refused(Refusal.KEY_REUSED));
        }

        @Test
        void afterTheWindowIsRefused() {
            Write old = txn(uuidAt(store.now), List.of(), List.of(put("a", "1")), List.of());
            decided(old);
            store.now += 301_000;

            assertThat(one(old)).isEqualTo(new Refused(Refusal.KEY_EXPIRED));
        }
    }

    @Nested
    class ItsSize {

        private static final String LARGE = "x".repeat(256 << 10);

        @Test
        void isBounded() {
            List<Step> many = new ArrayList<>();
            for (int i = 0; i <= Txn.MAX_PARTS; i++) {
                many.add(get("k" + i));
            }
            List<Step> large = List.of(put("a", LARGE), put("b", LARGE));

            assertThatThrownBy(() -> new Txn(List.of(), many, List.of())).hasMessageContaining("at most 128 steps");
            assertThatThrownBy(() -> new Txn(List.of(), List.of(), large)).hasMessageContaining("at most 524288 bytes");
            assertThatThrownBy(() -> new Txn(List.of(), List.of(get("a"), put("a", "1")), List.of()))
                    .hasMessageContaining("at most once in each branch");
        }

        @Test
        void isNoMoreThanItWeighs() {
            Write write = txn(
                    "id",
                    List.of(new Comparison("schlüssel", new Operand.Content(new byte[3]), Relation.LESS)),
                    List.of(put("ä", "😀"), get("ö")),
                    List.of(new Step.Delete("ü")));
            int alone = LedgerCodec.encode(batch(1, 3)).length;

            assertThat(LedgerCodec.encode(batch(1, 3, write)).length - alone).isLessThanOrEqualTo(write.weight());
        }

        @Test
        void ofWhatItReadsIsBoundedAndNothingIsRememberedOfWhatIsRefused() {
            one(LedgerUnderTest.put("1", "a", LARGE));
            one(LedgerUnderTest.put("2", "b", LARGE));
            Write write = txn("t", List.of(), List.of(put("c", "1"), get("a"), get("b")), List.of());

            assertThat(one(write)).isEqualTo(new Refused(Refusal.READS_TOO_MUCH));
            assertThat(store.ledger.outcome("t", null)).isEmpty();
            assertThat(store.ledger.get("c")).isEmpty();
        }

        @Test
        void ofAllThatABatchReadsIsBounded() {
            one(LedgerUnderTest.put("1", "a", LARGE));
            Write[] reads = new Write[4];
            for (int i = 0; i < reads.length; i++) {
                reads[i] = txn("t" + i, List.of(), List.of(get("a")), List.of());
            }

            List<EntryResult> results = store.write(1, hop++, reads);

            assertThat(results.subList(0, 3)).allMatch(Transacted.class::isInstance);
            assertThat(results.get(3)).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(one(reads[3])).isInstanceOf(Transacted.class);
        }

        @Test
        void ofWhatIsRememberedIsBoundedAndComesFreeWithTime() {
            one(LedgerUnderTest.put("1", "a", LARGE));
            for (int i = 0; i < 7; i++) {
                decided(txn("t" + i, List.of(), List.of(get("a")), List.of()));
            }
            Write write = txn("t", List.of(), List.of(get("a")), List.of());
            store.restart();
            assertThat(one(write)).isEqualTo(new Refused(Refusal.BUSY));

            store.now += 301_000;

            assertThat(one(write)).isInstanceOf(Transacted.class);
        }
    }

    @Test
    void itsOutcomeComesThroughTheCodec() {
        TxnOutcome outcome =
                new TxnOutcome(true, List.of(new Written(), new Missing(), new Found(7, new Value(new byte[3], null))));

        assertThat(LedgerCodec.decodeTxnOutcome(LedgerCodec.encode(outcome))).isEqualTo(outcome);
    }
}
