package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.delete;
import static io.ringstore.ledger.LedgerUnderTest.inEpochOne;
import static io.ringstore.ledger.LedgerUnderTest.put;
import static io.ringstore.ledger.LedgerUnderTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.ledger.EntryResult.Committed;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store that is full takes, and what it refuses. */
class LedgerRoomTests {

    private static final long REQUEST_ID = 140;

    private final LedgerUnderTest store = inEpochOne();

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
    void takesWhatItRefusedUnderANewerFenceOnlyHoweverOftenTheSameBatchComes() {
        Write fits = put("3", "a", "six");
        Write tooMuch = put("4", "c", "new");
        assertThat(store.write(1, 30, fits, tooMuch).getLast()).isEqualTo(refused(Refusal.FULL));
        store.room = Stamp.UNBOUNDED;

        assertThat(store.write(1, 30, fits, tooMuch))
                .as("a second attempt, for the answer to the first was lost")
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Committed.class),
                        second -> assertThat(second).isEqualTo(refused(Refusal.FENCED)));
        assertThat(store.one(1, 33, tooMuch)).isInstanceOf(Committed.class);
        assertThat(store.ledger.lastRevision()).isEqualTo(4);
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

    /** Overwrites a key, which adds nothing else, until so many request ids are remembered. */
    private void remembers(int ids) {
        for (int i = store.ledger.rememberedRequestIds(); i < ids; i++) {
            assertThat(one(overwrite(i))).isInstanceOf(Committed.class);
        }
    }

    private static Write overwrite(int number) {
        return put("id-%04d".formatted(number), "a", "six");
    }

    @Test
    void requestIdsBeyondThoseThatHaveRoomOfTheirOwnTakeWhatTheKeysLeave() {
        store.room = Stamp.UNBOUNDED;
        remembers(LedgerUnderTest.LIMITS.requestIds());
        long keys = store.ledger.weight();

        store.room = keys;
        assertThat(one(overwrite(9_999))).isEqualTo(refused(Refusal.BUSY));
        store.room = keys + 10 * REQUEST_ID;
        remembers(LedgerUnderTest.LIMITS.requestIds() + 10);
        assertThat(store.ledger.weight()).isEqualTo(store.room);
        assertThat(one(overwrite(9_999))).isEqualTo(refused(Refusal.BUSY));
        assertThat(one(overwrite(999))).as("a known one").isInstanceOf(Committed.class);
    }

    @Test
    void whatKeysCannotHaveBecauseOfRequestIdsTheyGetOnceThoseAreForgotten() {
        store.room = Stamp.UNBOUNDED;
        remembers(LedgerUnderTest.LIMITS.requestIds() + 7);
        store.room = store.ledger.weight() + 2 * REQUEST_ID;
        Write another = put("another", "c", "new");
        Step.Put more = new Step.Put("c", LedgerUnderTest.value("new"));

        assertThat(one(another)).as("not for good").isEqualTo(refused(Refusal.BUSY));
        assertThat(one(LedgerUnderTest.txn("t", List.of(), List.of(more), List.of())))
                .isEqualTo(refused(Refusal.BUSY));
        store.now += LedgerUnderTest.LIMITS.window().toMillis() + 1;

        assertThat(one(another)).isInstanceOf(Committed.class);
    }
}
