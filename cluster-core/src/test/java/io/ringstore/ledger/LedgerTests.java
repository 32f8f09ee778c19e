package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.START;
import static io.ringstore.ledger.LedgerUnderTest.batch;
import static io.ringstore.ledger.LedgerUnderTest.claimOf;
import static io.ringstore.ledger.LedgerUnderTest.delete;
import static io.ringstore.ledger.LedgerUnderTest.fence;
import static io.ringstore.ledger.LedgerUnderTest.inEpochOne;
import static io.ringstore.ledger.LedgerUnderTest.put;
import static io.ringstore.ledger.LedgerUnderTest.uuidAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.EntryResult.NoSuchKey;
import io.ringstore.ledger.EntryResult.PreconditionFailed;
import io.ringstore.ledger.EntryResult.Refused;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerCommand.Compact;
import io.ringstore.ledger.LedgerCommand.Reconfigure;
import io.ringstore.ledger.LedgerResult.ClaimLost;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.ledger.LedgerResult.Compacted;
import io.ringstore.ledger.LedgerResult.WrongConfig;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the store decides, command by command (ring-protocol.md §8). */
class LedgerTests {

    private final LedgerUnderTest store = inEpochOne();

    private static Refused refused(Refusal reason) {
        return new Refused(reason);
    }

    @Nested
    class AFence {

        @Test
        void admitsOneBatchOnly() {
            assertThat(store.one(1, 3, put("a", "k", "1"))).isInstanceOf(Committed.class);

            assertThat(store.one(1, 3, put("b", "k", "2"))).isEqualTo(refused(Refusal.FENCED));
            assertThat(store.ledger.lastRevision()).isEqualTo(1);
        }

        @Test
        void shutsOutEverythingOlder() {
            store.one(1, 6, put("a", "k", "1"));

            assertThat(store.one(1, 5, put("b", "k", "2"))).isEqualTo(refused(Refusal.FENCED));
        }

        @Test
        void countsEvenIfItsBatchIsEmpty() {
            store.write(1, 6);

            assertThat(store.one(1, 5, put("b", "k", "2"))).isEqualTo(refused(Refusal.FENCED));
        }

        @Test
        void isNotMovedByARefusedBatch() {
            store.one(1, 6, put("a", "k", "1"));
            store.one(1, 5, put("b", "k", "2"));

            assertThat(store.ledger.view().fence()).isEqualTo(fence(1, 6));
        }

        @Test
        void ofAnOldEpochIsWorthNothing() {
            store.claim(1, OptionalLong.empty());

            assertThat(store.one(1, 99, put("a", "k", "1"))).isEqualTo(refused(Refusal.FENCED));
        }

        @Test
        void ofAnEpochThatWasNeverOpenedShowsThatTheStoreWentBack() {
            assertThat(store.one(2, 0, put("a", "k", "1"))).isEqualTo(refused(Refusal.UNKNOWN_EPOCH));
        }

        @Test
        void belongsToTheNodeThatItsHopNames() {
            Batch foreign = new Batch(
                    1,
                    new NodeId("sync-1"),
                    fence(1, 3),
                    batch(1, 3, put("a", "k", "1")).entries());

            assertThat(((LedgerResult.BatchApplied) store.apply(foreign)).results())
                    .containsExactly(refused(Refusal.MISPLACED));
        }
    }

    @Nested
    class ARequestId {

        @Test
        void isAppliedOnceAndAnsweredWithItsFirstResult() {
            Committed first = (Committed) store.one(1, 3, put("a", "k", "1"));

            Committed again = (Committed) store.one(1, 6, put("a", "k", "1"));

            assertThat(again).isEqualTo(new Committed(first.revision(), first.created(), true, first.origin()));
            assertThat(store.ledger.lastRevision()).isEqualTo(1);
        }

        @Test
        void isLookedUpBeforeTheFence() {
            store.one(1, 3, put("a", "k", "1"));
            store.claim(1, OptionalLong.empty());

            assertThat(store.write(1, 4, put("a", "k", "1"), put("b", "k", "2")))
                    .satisfiesExactly(
                            known -> assertThat(known).isInstanceOf(Committed.class),
                            unknown -> assertThat(unknown).isEqualTo(refused(Refusal.FENCED)));
        }

        @Test
        void cannotBeUsedForAnotherPayload() {
            store.one(1, 3, put("a", "k", "1"));

            assertThat(store.one(1, 6, put("a", "k", "2"))).isEqualTo(refused(Refusal.KEY_REUSED));
        }

        @Test
        void mayStandTwiceInOneBatch() {
            assertThat(store.write(1, 3, put("a", "k", "1"), put("a", "k", "1")))
                    .extracting(result -> ((Committed) result).duplicate())
                    .containsExactly(false, true);
        }

        @Test
        void keepsARefusedPreconditionToo() {
            store.one(1, 3, put("a", "k", "1", new Precondition.AtRevision(9)));
            store.one(1, 6, put("b", "k", "2"));

            assertThat(store.one(1, 9, put("a", "k", "1", new Precondition.AtRevision(9))))
                    .isEqualTo(new PreconditionFailed(0));
        }

        @Test
        void thatWasMadeTooLongAgoIsRefused() {
            String old = uuidAt(START - LedgerUnderTest.LIMITS.window().toMillis() - 1);

            assertThat(store.one(1, 3, put(old, "k", "1"))).isEqualTo(refused(Refusal.KEY_EXPIRED));
        }

        @Test
        void fromTheFutureIsRefused() {
            assertThat(store.one(1, 3, put(uuidAt(START + 60_001), "k", "1")))
                    .isEqualTo(refused(Refusal.KEY_FROM_FUTURE));
        }

        @Test
        void isForgottenOnlyWhenItWouldBeRefusedAsTooOld() {
            String id = uuidAt(START);
            store.one(1, 3, put(id, "k", "1"));
            long window = LedgerUnderTest.LIMITS.window().toMillis();

            store.now = START + window;
            assertThat(store.one(1, 6, put(id, "k", "1"))).isInstanceOf(Committed.class);

            store.now = START + window + 1;
            assertThat(store.one(1, 9, put(id, "k", "1"))).isEqualTo(refused(Refusal.KEY_EXPIRED));
        }

        @Test
        void thatMayHaveBeenForgottenIsNotAnsweredByTheFence() {
            String id = uuidAt(START);
            store.one(1, 3, put(id, "k", "1"));
            store.now = START + LedgerUnderTest.LIMITS.window().toMillis() + 1;

            assertThat(store.one(1, 3, put(id, "k", "1")))
                    .as("FENCED would say that it is not in the log (R3), but it is")
                    .isEqualTo(refused(Refusal.KEY_EXPIRED));
        }

        @Test
        void ofAnyOtherKindCountsFromItsCommit() {
            store.one(1, 3, put("mine", "k", "1"));

            store.now = START + LedgerUnderTest.LIMITS.window().toMillis();

            assertThat(store.one(1, 6, put("mine", "k", "1"))).isInstanceOf(Committed.class);
        }

        @Test
        void isRefusedRatherThanAnotherForgottenWhenTheTableIsFull() {
            for (int i = 0; i < LedgerUnderTest.LIMITS.maxRequestIds(); i++) {
                store.one(1, 3L * (i + 1), put("id-" + i, "k", "v"));
            }

            assertThat(store.one(1, 9_000, put("one more", "k", "v"))).isEqualTo(refused(Refusal.BUSY));
            assertThat(store.one(1, 9_003, put("id-0", "k", "v"))).isInstanceOf(Committed.class);
        }
    }

    @Nested
    class AStoreThatIsFull {

        private long hop = 3;

        private EntryResult one(Write write) {
            hop += 3;
            return store.one(1, hop, write);
        }

        @BeforeEach
        void holdsTwoKeys() {
            one(put("1", "a", "one"));
            one(put("2", "b", "two"));
            store.room = store.ledger.weight();
        }

        @Test
        void takesNothingThatAddsToItAndRemembersNothingOfIt() {
            long revision = store.ledger.lastRevision();

            assertThat(one(put("3", "c", "new"))).isEqualTo(refused(Refusal.FULL));
            assertThat(one(put("4", "a", "longer"))).isEqualTo(refused(Refusal.FULL));

            assertThat(store.ledger.lastRevision()).isEqualTo(revision);
            assertThat(store.ledger.weight()).isEqualTo(store.room);
            assertThat(store.ledger.outcome("3", null)).isEmpty();
        }

        @Test
        void takesWhatIsNotLargerAndRepeatsWhatItTookBefore() {
            assertThat(one(put("3", "a", "six"))).isInstanceOf(Committed.class);
            assertThat(one(put("2", "b", "two"))).isInstanceOf(Committed.class);
        }

        @Test
        void hasRoomAgainOnceADeletionIsLetGo() {
            assertThat(one(delete("3", "a", new Precondition.Always()))).isInstanceOf(Committed.class);
            store.apply(new LedgerCommand.Compact(store.ledger.lastRevision()));

            assertThat(one(put("4", "c", "one"))).isInstanceOf(Committed.class);
            assertThat(one(put("5", "d", "one"))).isEqualTo(refused(Refusal.FULL));
        }

        @Test
        void takesNoPartOfATransactionThatAddsToIt() {
            Step.Put shorter = new Step.Put("a", LedgerUnderTest.value(""));
            Step.Put more = new Step.Put("c", LedgerUnderTest.value("new"));

            assertThat(one(LedgerUnderTest.txn("3", List.of(), List.of(shorter, more), List.of())))
                    .isEqualTo(refused(Refusal.FULL));
            assertThat(store.ledger.get("a").orElseThrow().revision()).isEqualTo(1);
            assertThat(one(LedgerUnderTest.txn("4", List.of(), List.of(shorter), List.of())))
                    .isInstanceOf(EntryResult.Transacted.class);
        }

        @Test
        void weighsTheSameWhenItIsReadBack() {
            one(delete("3", "a", new Precondition.Always()));
            one(put("4", "a", ""));
            one(delete("5", "a", new Precondition.Always()));
            long weight = store.ledger.weight();

            store.restart();

            assertThat(store.ledger.weight()).isEqualTo(weight);
        }
    }

    @Nested
    class AClaim {

        @Test
        void installsTheRingOfTheFirstClaimant() {
            assertThat(store.ledger.view().config()).isEqualTo(new RingConfig(1, LedgerUnderTest.RING));
            assertThat(store.ledger.view().fence()).isEqualTo(fence(1, Fence.NO_HOP));
        }

        @Test
        void isWonByTheFirstWhoExpectsTheEpoch() {
            assertThat(store.claim(1, OptionalLong.empty())).isInstanceOf(ClaimWon.class);
            assertThat(store.claim(1, OptionalLong.empty())).isInstanceOf(ClaimLost.class);
        }

        @Test
        void withAWitnessIsLostIfSomethingWasWrittenSince() {
            store.one(1, 3, put("a", "k", "1"));

            assertThat(store.claim(1, OptionalLong.of(Fence.NO_HOP))).isInstanceOf(ClaimLost.class);
            assertThat(store.claim(1, OptionalLong.of(3))).isInstanceOf(ClaimWon.class);
        }

        @Test
        void thatIsRepeatedGetsItsFirstAnswer() {
            Claim claim = claimOf("mine", 1, OptionalLong.empty());
            store.apply(claim);

            assertThat(store.apply(claim))
                    .isInstanceOfSatisfying(
                            ClaimWon.class, won -> assertThat(won.epoch()).isEqualTo(2));
            assertThat(store.ledger.view().fence().epoch()).isEqualTo(2);
        }

        @Test
        void ofAnotherRingIsRefused() {
            RingConfig other = new RingConfig(0, List.of(new NodeId("sync-0"), new NodeId("sync-9")));

            assertThat(store.apply(new Claim(other, new NodeId("sync-0"), "c", 1, OptionalLong.empty())))
                    .isInstanceOf(WrongConfig.class);
        }
    }

    @Nested
    class AReconfiguration {

        private final List<NodeId> two = List.of(new NodeId("sync-0"), new NodeId("sync-1"));

        @Test
        void fencesEveryOldTokenAndNamesTheNewRing() {
            store.one(1, 3, put("a", "k", "1"));

            store.apply(new Reconfigure(1, two));

            assertThat(store.ledger.view().config()).isEqualTo(new RingConfig(2, two));
            assertThat(store.one(1, 6, put("b", "k", "2"))).isEqualTo(refused(Refusal.MISPLACED));
        }

        @Test
        void ofAListThatIsNotTheInstalledOneIsRefused() {
            assertThat(store.apply(new Reconfigure(7, two))).isInstanceOf(WrongConfig.class);
        }

        @Test
        void toSomethingThatIsNoRingNeverReachesTheLog() {
            assertThatThrownBy(() -> new Reconfigure(1, List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

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
                    .extracting(LedgerTests::key)
                    .containsExactly("a/1", "a/2");
            assertThat(store.ledger.newest("a/", "a/2", 2))
                    .extracting(LedgerTests::key)
                    .containsExactly("a/3");
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

    @Test
    void timeNeverGoesBack() {
        store.now = START - 10_000;

        store.one(1, 3, put("a", "k", "1"));

        assertThat(store.ledger.view().storeTime()).isEqualTo(START);
    }

    @Test
    void everyRecordSaysHowItCameThere() {
        Committed committed = (Committed) store.one(1, 4, put("a", "k", "1"));

        assertThat(committed.origin())
                .isEqualTo(new Origin(
                        fence(1, 4), new NodeId("sync-1"), 1, START, LedgerUnderTest.STORE, LedgerUnderTest.STORE, 1));
    }
}
