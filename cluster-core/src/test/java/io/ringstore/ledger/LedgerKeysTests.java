package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.delete;
import static io.ringstore.ledger.LedgerUnderTest.inEpochOne;
import static io.ringstore.ledger.LedgerUnderTest.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.EntryResult.NoSuchKey;
import io.ringstore.ledger.EntryResult.PreconditionFailed;
import io.ringstore.ledger.LedgerCommand.Compact;
import io.ringstore.ledger.LedgerResult.Compacted;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the store shows of its keys, and what it lets go of their past (decision 5). */
class LedgerKeysTests {

    private final LedgerUnderTest store = inEpochOne();

    @Nested
    class TheKeyView {

        @Test
        void showsTheLatestPut() {
            store.write(1, 3, put("a", "k", "1"), put("b", "k", "2"));

            assertThat(store.ledger.get("k").orElseThrow().revision()).isEqualTo(2);
        }

        @Test
        void tellsWhetherAKeyWasCreatedOrReplaced() {
            assertThat(store.write(1, 3, put("a", "k", "1"), put("b", "k", "2")))
                    .extracting(result -> ((Committed) result).created())
                    .containsExactly(true, false);
        }

        @Test
        void forgetsADeletedKeyButNotItsHistory() {
            store.write(1, 3, put("a", "k", "1"), delete("b", "k", new Precondition.Always()));

            assertThat(store.ledger.get("k")).isEmpty();
            assertThat(store.ledger.lastRevision()).isEqualTo(2);
        }

        @Test
        void hasNothingToDeleteWhereThereIsNothing() {
            assertThat(store.one(1, 3, delete("a", "k", new Precondition.Always())))
                    .isEqualTo(new NoSuchKey());
            assertThat(store.ledger.lastRevision()).isZero();
        }

        @Test
        void honoursPreconditions() {
            store.one(1, 3, put("a", "k", "1"));

            assertThat(store.one(1, 6, put("b", "k", "2", new Precondition.Absent())))
                    .isEqualTo(new PreconditionFailed(1));
            assertThat(store.one(1, 9, put("c", "k", "2", new Precondition.AtRevision(1))))
                    .isInstanceOf(Committed.class);
            assertThat(store.one(1, 12, delete("d", "k", new Precondition.AtRevision(1))))
                    .isEqualTo(new PreconditionFailed(2));
            assertThat(store.one(1, 15, put("e", "new", "1", new Precondition.Present())))
                    .isEqualTo(new PreconditionFailed(0));
        }

        @Test
        void listsKeysWithAPrefixInOrderPageByPage() {
            store.write(1, 3, put("1", "a/2", ""), put("2", "b/1", ""), put("3", "a/1", ""), put("4", "a/3", ""));

            assertThat(store.ledger.newest("a/", null, 2))
                    .extracting(LedgerKeysTests::key)
                    .containsExactly("a/1", "a/2");
            assertThat(store.ledger.newest("a/", "a/2", 2))
                    .extracting(LedgerKeysTests::key)
                    .containsExactly("a/3");
            assertThat(store.ledger.newest("b/", "a/2", 2))
                    .as("after a key that comes before all that are asked for")
                    .extracting(LedgerKeysTests::key)
                    .containsExactly("b/1");
        }

        @Test
        void listsDeletedKeysAtTheirPlaceToo() {
            store.write(1, 3, put("1", "a", ""), put("2", "b", ""), put("3", "c", ""), put("4", "d", ""));
            store.write(1, 6, deletion("5", "d"), deletion("6", "b"));

            assertThat(store.ledger.newest("", null, 3))
                    .extracting(LogRecord::revision)
                    .containsExactly(1L, 6L, 3L);
            assertThat(store.ledger.newest("", "c", 3))
                    .extracting(LogRecord::revision)
                    .containsExactly(5L);
        }

        @Test
        void tellsWhatEachRecordTakesThePlaceOf() {
            LedgerResult.BatchApplied applied = (LedgerResult.BatchApplied) store.apply(LedgerUnderTest.batch(
                    1, 3, put("1", "k", "1"), put("2", "k", "2"), deletion("3", "k"), put("4", "k", "4")));

            assertThat(applied.replaced())
                    .containsExactly(
                            null,
                            applied.appended().get(0),
                            applied.appended().get(1),
                            applied.appended().get(2));
        }
    }

    @Nested
    class ACompaction {

        @Test
        void letsTheLogGoButNothingThatAKeyHolds() {
            store.write(1, 3, put("1", "a", "1"), put("2", "b", "1"));

            assertThat(store.apply(new Compact(1))).isEqualTo(new Compacted(1, store.ledger.view()));
            assertThat(store.ledger.compacted()).isEqualTo(1);
            assertThat(store.ledger.get("a").orElseThrow().revision()).isEqualTo(1);
        }

        @Test
        void neverGoesBackNorBeyondWhatThereIs() {
            store.write(1, 3, put("1", "a", "1"), put("2", "b", "1"));

            assertThat(store.apply(new Compact(99))).isEqualTo(new Compacted(2, store.ledger.view()));
            assertThat(store.apply(new Compact(1))).isEqualTo(new Compacted(2, store.ledger.view()));
            assertThat(store.apply(new Compact(-1))).isEqualTo(new Compacted(2, store.ledger.view()));
        }

        @Test
        void forgetsDeletionsUpToItsRevisionOnly() {
            store.write(1, 3, put("1", "a", "1"), put("2", "b", "1"), deletion("3", "a"), deletion("4", "b"));

            store.apply(new Compact(3));

            assertThat(store.ledger.newest("a")).isEmpty();
            assertThat(store.ledger.newest("b").orElseThrow().revision()).isEqualTo(4);
        }

        @Test
        void keepsALaterDeletionOfAKeyWhoseEarlierOneIsLetGo() {
            store.write(1, 3, put("1", "a", "1"), deletion("2", "a"), put("3", "a", "2"), deletion("4", "a"));

            store.apply(new Compact(2));

            assertThat(store.ledger.newest("a").orElseThrow().revision()).isEqualTo(4);
        }

        @Test
        void isPartOfTheState() {
            LedgerUnderTest other = inEpochOne();
            store.write(1, 3, put("1", "a", "1"), put("2", "b", "1"));
            other.write(1, 3, put("1", "a", "1"), put("2", "b", "1"));
            store.apply(new Compact(1));
            other.apply(new Compact(2));

            assertThat(store.ledger.stateHash()).isNotEqualTo(other.ledger.stateHash());
            store.restart();
            assertThat(store.ledger.compacted()).isEqualTo(1);
        }
    }

    private static Write deletion(String requestId, String key) {
        return delete(requestId, key, new Precondition.Always());
    }

    private static String key(LogRecord record) {
        return record.change().key();
    }
}
