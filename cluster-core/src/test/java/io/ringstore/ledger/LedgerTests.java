package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.START;
import static io.ringstore.ledger.LedgerUnderTest.batch;
import static io.ringstore.ledger.LedgerUnderTest.claimOf;
import static io.ringstore.ledger.LedgerUnderTest.fence;
import static io.ringstore.ledger.LedgerUnderTest.inEpochOne;
import static io.ringstore.ledger.LedgerUnderTest.put;
import static io.ringstore.ledger.LedgerUnderTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerCommand.Reconfigure;
import io.ringstore.ledger.LedgerResult.ClaimLost;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.ledger.LedgerResult.WrongConfig;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the store decides about tokens and rings, command by command (ring-protocol.md §8). */
class LedgerTests {

    private final LedgerUnderTest store = inEpochOne();

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

        @ParameterizedTest(name = "not config {0}, {1}, hop {2}")
        @CsvSource({"1, sync-1, 3", "1, sync-9, 3", "1, sync-2, -1", "2, sync-0, 3"})
        void belongsToTheNodeThatItsHopNames(long config, String node, long hop) {
            List<Entry> entries = batch(1, 3, put("a", "k", "1")).entries();
            Batch foreign = new Batch(config, new NodeId(node), fence(1, hop), entries);

            assertThat(((LedgerResult.BatchApplied) store.apply(foreign)).results())
                    .containsExactly(refused(Refusal.MISPLACED));
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
            Claim ofNobody = new Claim(
                    new RingConfig(1, LedgerUnderTest.RING), new NodeId("sync-9"), "c", 1, OptionalLong.empty());
            assertThat(store.apply(ofNobody)).isInstanceOf(WrongConfig.class);
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

    @Test
    void aStoreThatKnowsNoRingTakesNoBatch() {
        List<Entry> entries = batch(1, 3, put("a", "k", "1")).entries();
        Batch early = new Batch(0, new NodeId("sync-0"), fence(0, 0), entries);

        assertThat(((LedgerResult.BatchApplied) new LedgerUnderTest().apply(early)).results())
                .containsExactly(refused(Refusal.MISPLACED));
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

    @Test
    void idsThatNobodyWouldRememberAreNoLimits() {
        for (ThrowingCallable wrong : List.<ThrowingCallable>of(
                () -> new LedgerLimits(Duration.ZERO, Duration.ZERO, 1, 1, Txn.MAX_READ),
                () -> new LedgerLimits(Duration.ofMillis(-1), Duration.ZERO, 1, 1, Txn.MAX_READ),
                () -> new LedgerLimits(Duration.ofMillis(1), Duration.ZERO, 0, 1, Txn.MAX_READ),
                () -> new LedgerLimits(Duration.ofMillis(1), Duration.ZERO, 2, 1, Txn.MAX_READ),
                () -> new LedgerLimits(Duration.ofMillis(1), Duration.ZERO, 1, 1, Txn.MAX_READ - 1))) {
            assertThatThrownBy(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new LedgerLimits(Duration.ofMillis(1), Duration.ZERO, 1, 1, Txn.MAX_READ))
                .isNotNull();
    }
}
