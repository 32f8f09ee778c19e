package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.START;
import static io.ringstore.ledger.LedgerUnderTest.delete;
import static io.ringstore.ledger.LedgerUnderTest.inEpochOne;
import static io.ringstore.ledger.LedgerUnderTest.put;
import static io.ringstore.ledger.LedgerUnderTest.refused;
import static io.ringstore.ledger.LedgerUnderTest.uuidAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.EntryResult.NoSuchKey;
import io.ringstore.ledger.EntryResult.PreconditionFailed;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the store knows of a request id (R3, ring-protocol.md §8.4). */
class LedgerRequestIdTests {

    private final LedgerUnderTest store = inEpochOne();

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
    void keepsThatThereWasNothingToDelete() {
        Write deletion = delete("a", "k", new Precondition.Always());
        store.one(1, 3, deletion);
        store.one(1, 6, put("b", "k", "2"));

        assertThat(store.one(1, 9, deletion)).isEqualTo(new NoSuchKey());
        assertThat(store.ledger.get("k")).isPresent();
    }

    @Test
    void thatWasMadeTooLongAgoIsRefused() {
        String old = uuidAt(START - LedgerUnderTest.LIMITS.window().toMillis() - 1);

        assertThat(store.one(1, 3, put(old, "k", "1"))).isEqualTo(refused(Refusal.KEY_EXPIRED));
    }

    @Test
    void fromTheFutureIsRefused() {
        assertThat(store.one(1, 3, put(uuidAt(START + 60_001), "k", "1"))).isEqualTo(refused(Refusal.KEY_FROM_FUTURE));
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
