package io.ringstore.ledger;

import static io.ringstore.ledger.LedgerUnderTest.inEpochOne;
import static io.ringstore.ledger.LedgerUnderTest.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.ledger.EntryResult.Committed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A ledger that comes back from a snapshot is the ledger that never stopped (invariant S11). */
class LedgerSnapshotTests {

    @Test
    void stoppingAnywhereChangesNothing() {
        for (long seed = 0; seed < 200; seed++) {
            LedgerUnderTest steady = inEpochOne();
            LedgerUnderTest stopped = inEpochOne();
            RandomCommands commands = new RandomCommands(new SplittableRandom(seed));
            SplittableRandom stops = new SplittableRandom(seed + 1_000);
            for (int i = 0; i < 120; i++) {
                if (stops.nextInt(10) == 0) {
                    stopped.restart();
                }
                steady.now = commands.now();
                stopped.now = steady.now;
                LedgerCommand command = commands.next();

                assertThat(stopped.apply(command))
                        .as("seed %d, command %d", seed, i)
                        .isEqualTo(steady.apply(command));
                assertThat(stopped.ledger.stateHash()).isEqualTo(steady.ledger.stateHash());
            }
        }
    }

    @Test
    void aSnapshotIsNotChangedByWhatComesLater() {
        LedgerUnderTest store = inEpochOne();
        RandomCommands commands = new RandomCommands(new SplittableRandom(5));
        List<LedgerSnapshot> taken = new ArrayList<>();
        List<byte[]> writtenAtOnce = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            if (i % 20 == 0) {
                taken.add(store.ledger.snapshot());
                writtenAtOnce.add(LedgerUnderTest.bytes(taken.getLast()));
            }
            store.now = commands.now();
            store.apply(commands.next());
        }

        assertThat(store.ledger.liveKeys()).isPositive();
        assertThat(taken.stream().map(LedgerUnderTest::bytes).toList()).containsExactlyElementsOf(writtenAtOnce);
    }

    @Test
    void whatWasAppliedBeforeASnapshotIsNotAppliedAgainAfterIt() {
        LedgerUnderTest store = inEpochOne();
        store.one(1, 3, put("a", "k", "1"));

        store.restart();

        assertThat(((Committed) store.one(1, 6, put("a", "k", "1"))).duplicate())
                .isTrue();
    }

    /** Those let go first come first; in the order of keys, the first to stay would keep those behind it. */
    @Test
    void deletionsComeBackInTheOrderInWhichTheyAreLetGo() {
        LedgerUnderTest store = inEpochOne();
        store.write(1, 3, put("1", "a", "1"), put("2", "b", "1"), deletion("3", "b"), deletion("4", "a"));
        store.restart();

        store.apply(new LedgerCommand.Compact(3));

        assertThat(store.ledger.newest("b")).isEmpty();
        assertThat(store.ledger.newest("a").orElseThrow().revision()).isEqualTo(4);
    }

    /** They share a revision: what one ledger keeps first, one that was restored keeps first too. */
    @Test
    void soDoThoseOfOneTransaction() {
        LedgerUnderTest store = inEpochOne();
        Write both =
                LedgerUnderTest.txn("3", List.of(), List.of(new Step.Delete("b"), new Step.Delete("a")), List.of());
        store.write(1, 3, put("1", "a", "1"), put("2", "b", "1"), both);

        store.restart();

        assertThat(store.ledger.snapshot().keys())
                .extracting(record -> record.change().key())
                .containsExactly("b", "a");
    }

    private static Write deletion(String requestId, String key) {
        return LedgerUnderTest.delete(requestId, key, new Precondition.Always());
    }

    @Test
    void statesThatDifferHaveDifferentHashes() {
        LedgerUnderTest one = inEpochOne();
        LedgerUnderTest other = inEpochOne();
        one.one(1, 3, put("a", "k", "1"));
        other.one(1, 3, put("a", "k", "2"));

        assertThat(one.ledger.stateHash()).isNotEqualTo(other.ledger.stateHash());
    }
}
