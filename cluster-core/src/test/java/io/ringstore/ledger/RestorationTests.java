package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.LIMITS;
import static io.ringstore.ledger.LedgerUnderTest.batch;
import static io.ringstore.ledger.LedgerUnderTest.delete;
import static io.ringstore.ledger.LedgerUnderTest.inEpochOne;
import static io.ringstore.ledger.LedgerUnderTest.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.Fence;
import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.EntryResult.Refused;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerResult.ClaimLost;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.ledger.LedgerResult.WrongConfig;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restored ledger holds what was backed up, and nobody of the old history can do anything to it (decision 7). */
class RestorationTests {

    private static final long SECOND = 1_795_000_000;

    private final LedgerUnderTest old = inEpochOne();
    private LedgerSnapshot backup;

    @BeforeEach
    void backUp() {
        old.one(1, 3, put("a", "k", "1"));
        old.one(1, 6, put("b", "gone", "2"));
        old.one(1, 9, delete("c", "gone", new Precondition.Always()));
        backup = old.ledger.snapshot();
    }

    private LedgerUnderTest restored() {
        LedgerUnderTest restored = new LedgerUnderTest();
        restored.ledger = Ledger.restore(new Restoration(SECOND).of(backup), LIMITS);
        return restored;
    }

    @Test
    void keysKeepWhatTheyHoldAndTheirRevisions() {
        Ledger ledger = restored().ledger;

        assertThat(ledger.get("k")).isEqualTo(old.ledger.get("k")).isPresent();
        assertThat(ledger.get("gone")).isEmpty();
        assertThat(ledger.liveKeys()).isEqualTo(1);
    }

    @Test
    void aRevisionThatTheOldHistoryMayHaveGivenOutIsNeverGivenOutAgain() {
        LedgerUnderTest restored = restored();
        long first = revisionOfAWrite(restored, "d");

        assertThat(first).isGreaterThan(old.ledger.lastRevision() + 1_000_000_000);
        assertThat(restored.ledger.compacted()).isEqualTo(first - 1);
    }

    @Test
    void twoRestorationsOfOneBackupShareNoRevisionAndNoEpoch() {
        LedgerSnapshot one = new Restoration(SECOND).of(backup);
        LedgerSnapshot next = new Restoration(SECOND + 1).of(backup);

        assertThat(next.lastRevision()).isGreaterThanOrEqualTo(one.lastRevision() + 100_000);
        assertThat(next.fence().epoch()).isGreaterThan(one.fence().epoch());
        assertThat(next.config().id()).isGreaterThan(one.config().id());
        assertThat(next.stateHash()).isNotEqualTo(one.stateHash());
    }

    @Test
    void evenUnderAClockThatIsWayBehindEverythingJumps() {
        LedgerSnapshot early = new Restoration(1).of(backup);

        assertThat(early.lastRevision()).isGreaterThan(1_000_000_000);
        assertThat(early.fence().epoch()).isGreaterThan(1_000_000);
        assertThat(early.config().id()).isGreaterThan(backup.config().id());
    }

    @Test
    void theHolderOfTheOldTokenIsOutOfPlace() {
        assertRefused(restored(), batch(1, 12, put("late", "k", "late")));
    }

    @Test
    void soIsAHolderOfAnEpochThatTheOldHistoryOpenedAfterTheBackup() {
        LedgerUnderTest restored = restored();
        long epoch = restored.ledger.view().fence().epoch();

        assertRefused(restored, batch(epoch, 12, put("late", "k", "late")));
    }

    private static void assertRefused(LedgerUnderTest restored, Batch batch) {
        var result = (LedgerResult.BatchApplied) restored.apply(batch);
        assertThat(result.results()).containsExactly(new Refused(Refusal.MISPLACED));
        assertThat(restored.ledger.get("k").orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void aClaimThatExpectsTheOldEpochOpensNone() {
        LedgerUnderTest restored = restored();

        assertThat(restored.claim(1, OptionalLong.empty())).isInstanceOf(ClaimLost.class);
        var ofTheOldRing = new LedgerCommand.Claim(
                backup.config(),
                LedgerUnderTest.RING.getFirst(),
                "late",
                restored.ledger.view().fence().epoch(),
                OptionalLong.empty());
        assertThat(restored.apply(ofTheOldRing)).isInstanceOf(WrongConfig.class);
    }

    @Test
    void theClaimThatOpenedTheOldEpochIsNotAnsweredAsIfItHadOpenedTheNewOne() {
        String owner = backup.owner();

        assertThat(restored().apply(LedgerUnderTest.claimOf(owner == null ? "" : owner, 0, OptionalLong.empty())))
                .isInstanceOf(ClaimLost.class);
    }

    @Test
    void aRequestThatIsStillRememberedGetsItsReceiptAndIsNotAppliedAgain() {
        LedgerUnderTest restored = restored();

        assertThat(one(restored, put("a", "k", "1"))).isInstanceOfSatisfying(Committed.class, again -> {
            assertThat(again.duplicate()).isTrue();
            assertThat(again.revision()).isEqualTo(1);
        });
    }

    @Test
    void aRequestOlderThanTheWindowIsRefusedAsBefore() {
        LedgerUnderTest restored = restored();
        restored.now += LIMITS.window().toMillis() + 60_000;

        assertThat(one(restored, put(LedgerUnderTest.uuidAt(LedgerUnderTest.START), "k", "2")))
                .isEqualTo(new Refused(Refusal.KEY_EXPIRED));
    }

    @Test
    void whatWasRestoredCanBeBackedUpAndRestoredAgain() {
        LedgerUnderTest restored = restored();
        revisionOfAWrite(restored, "d");
        LedgerSnapshot again = new Restoration(SECOND + 60).of(restored.ledger.snapshot());

        assertThat(again.keys()).hasSize(2);
        assertThat(again.lastRevision()).isGreaterThan(restored.ledger.lastRevision());
    }

    @Test
    void aRingThatWasNeverInstalledIsNotInstalledByARestoration() {
        LedgerSnapshot empty = new Restoration(SECOND).of(new Ledger(LIMITS).snapshot());

        assertThat(empty.config().isInstalled()).isFalse();
    }

    @Test
    void aMomentBeforeOrLongAfterOursIsRefused() {
        assertThatThrownBy(() -> new Restoration(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Restoration(3_000_000_000L)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long revisionOfAWrite(LedgerUnderTest restored, String requestId) {
        return ((Committed) one(restored, put(requestId, "new", "3"))).revision();
    }

    /** As the first node of the restored ring that wins an epoch. */
    private static EntryResult one(LedgerUnderTest restored, Write write) {
        long epoch = restored.ledger.view().fence().epoch();
        assertThat(restored.claim(epoch, OptionalLong.empty())).isInstanceOf(ClaimWon.class);
        var batch = new Batch(
                restored.ledger.view().config().id(),
                LedgerUnderTest.RING.getFirst(),
                new Fence(epoch + 1, 0),
                List.of(new Entry(7, write)));
        return ((LedgerResult.BatchApplied) restored.apply(batch)).results().getFirst();
    }
}
