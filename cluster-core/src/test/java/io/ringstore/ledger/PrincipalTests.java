package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.inEpochOne;
import static io.ringstore.ledger.LedgerUnderTest.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.EntryResult.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ledger knows who asked, and tells nobody what became of another's request. */
class PrincipalTests {

    private final LedgerUnderTest store = inEpochOne();

    private static Write by(@Nullable String principal, Write write) {
        return new Write(write.requestId(), write.client(), write.clientTimestamp(), principal, write.operation());
    }

    @Test
    void aRecordSaysWhoWroteIt() {
        store.one(1, 3, by("alice", put("a", "k", "1")));

        assertThat(store.ledger.get("k"))
                .get()
                .extracting(record -> record.entry().write().principal())
                .isEqualTo("alice");
    }

    @Test
    void aRetryByTheSamePrincipalGetsTheFirstReceiptAlsoAfterARestart() {
        store.one(1, 3, by("alice", put("a", "k", "1")));
        store.restart();

        assertThat(store.one(1, 6, by("alice", put("a", "k", "1"))))
                .isInstanceOfSatisfying(
                        Committed.class, again -> assertThat(again.duplicate()).isTrue());
    }

    @Test
    void theSameRequestIdByAnotherPrincipalIsAnotherRequestAndWritesNothing() {
        store.one(1, 3, by("alice", put("a", "k", "1")));
        store.restart();

        assertThat(store.one(1, 6, by("bob", put("a", "k", "1")))).isEqualTo(new Refused(Refusal.KEY_REUSED));
        assertThat(store.one(1, 9, by(null, put("a", "k", "1")))).isEqualTo(new Refused(Refusal.KEY_REUSED));
        assertThat(store.ledger.lastRevision()).isEqualTo(1);
    }

    @Test
    void anOutcomeIsToldToItsPrincipalAndToWhoMaySeeAll() {
        store.one(1, 3, by("alice", put("a", "k", "1")));

        assertThat(store.ledger.outcome("a", "alice")).isPresent();
        assertThat(store.ledger.outcome("a", null)).isPresent();
        assertThat(store.ledger.outcome("a", "bob")).isEmpty();
    }

    @Test
    void statesThatDifferInAPrincipalHaveDifferentHashes() {
        LedgerUnderTest other = inEpochOne();
        store.one(1, 3, by("alice", put("a", "k", "1")));
        other.one(1, 3, by("bob", put("a", "k", "1")));

        assertThat(store.ledger.stateHash()).isNotEqualTo(other.ledger.stateHash());
    }
}
