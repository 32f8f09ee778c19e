package io.ringstore.history;

import static io.ringstore.history.Violation.Promise.EXACTLY_ONCE;
import static io.ringstore.history.Violation.Promise.FENCES_GROW;
import static io.ringstore.history.Violation.Promise.FRESH_READS;
import static io.ringstore.history.Violation.Promise.HONEST_REFUSAL;
import static io.ringstore.history.Violation.Promise.NOTHING_ACKNOWLEDGED_IS_LOST;
import static io.ringstore.history.Violation.Promise.NO_PHANTOM;
import static io.ringstore.history.Violation.Promise.REAL_TIME_ORDER;
import static io.ringstore.history.Violation.Promise.SAME_EVERYWHERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.ReadSeen;
import io.ringstore.history.Observation.WriteSeen;
import io.ringstore.history.Violation.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The checker accepts what keeps every promise, and names the promise that a history breaks. */
class HistoryCheckerTests {

    private static final NodeId NODE = new NodeId("sync-0");

    @Test
    void historiesThatKeepEveryPromisePass() {
        for (long seed = 0; seed < 2_000; seed++) {
            History history = GoodHistories.random(new SplittableRandom(seed), 60);
            assertThat(HistoryChecker.check(history)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void everyMutationOfAGoodHistoryIsCaught() {
        int mutated = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            History good = GoodHistories.random(random, 60);
            for (HistoryMutation mutation : HistoryMutation.values()) {
                History bad = mutation.applyTo(good, random);
                if (bad != null) {
                    mutated++;
                    assertThat(HistoryChecker.check(bad))
                            .as("%s, seed %d", mutation, seed)
                            .extracting(Violation::promise)
                            .containsAnyElementsOf(mutation.breaks());
                }
            }
        }
        assertThat(mutated).isGreaterThan(10_000);
    }

    @Test
    void aSecondCheckerThatTriesEveryOrderAgrees() {
        int linearizable = 0;
        int not = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            History history = SmallHistories.random(new SplittableRandom(seed));
            boolean exists = EveryOrder.someOrderExplains(history);
            assertThat(HistoryChecker.check(history).isEmpty())
                    .as("seed %d: %s", seed, history)
                    .isEqualTo(exists);
            if (exists) {
                linearizable++;
            } else {
                not++;
            }
        }
        assertThat(linearizable).isGreaterThan(500);
        assertThat(not).isGreaterThan(500);
    }

    @Nested
    class ByHand {

        private final List<Observation> seen = new ArrayList<>();
        private final List<Logged> log = new ArrayList<>();

        private void logged(String id, String value) {
            logged(id, value, new Fence(1, log.size()));
        }

        private void logged(String id, String value, Fence fence) {
            log.add(new Logged(log.size() + 1, id, "R1", value, fence, NODE));
        }

        private void wrote(String id, String value, long from, long to, End end) {
            seen.add(new WriteSeen(id, "R1", value, from, to, end));
        }

        private void assertBroken(Promise promise) {
            assertThat(HistoryChecker.check(new History(seen, Map.of("store-0", log))))
                    .extracting(Violation::promise)
                    .contains(promise);
        }

        @Test
        void anAcknowledgedWriteThatIsGone() {
            wrote("a", "x", 1, 2, new End.Acknowledged(1));
            assertBroken(NOTHING_ACKNOWLEDGED_IS_LOST);
        }

        @Test
        void aWriteThatStandsTwice() {
            wrote("a", "x", 1, 2, new End.Acknowledged(1));
            logged("a", "x");
            logged("a", "x");
            assertBroken(EXACTLY_ONCE);
        }

        @Test
        void aRecordThatNobodyAskedFor() {
            logged("a", "x");
            assertBroken(NO_PHANTOM);
        }

        @Test
        void aWriteThatWasRefusedAndIsThere() {
            wrote("a", "x", 1, 2, new End.Refused());
            logged("a", "x");
            assertBroken(HONEST_REFUSAL);
        }

        @Test
        void aWriteThatOvertookAnEarlierOne() {
            wrote("a", "x", 1, 2, new End.Acknowledged(2));
            wrote("b", "y", 3, 4, new End.Acknowledged(1));
            logged("b", "y");
            logged("a", "x");
            assertBroken(REAL_TIME_ORDER);
        }

        @Test
        void aReadThatMissesWhatWasAcknowledgedBefore() {
            wrote("a", "x", 1, 2, new End.Acknowledged(1));
            logged("a", "x");
            seen.add(new ReadSeen("R1", 0, null, 3, 4));
            assertBroken(FRESH_READS);
        }

        @Test
        void aReadThatSeesTheFuture() {
            wrote("a", "x", 5, 6, new End.Acknowledged(1));
            logged("a", "x");
            seen.add(new ReadSeen("R1", 1, "x", 3, 4));
            assertBroken(FRESH_READS);
        }

        @Test
        void readsThatGoBack() {
            wrote("a", "x", 1, 90, new End.Acknowledged(1));
            logged("a", "x");
            seen.add(new ReadSeen("R1", 1, "x", 3, 4));
            seen.add(new ReadSeen("R1", 0, null, 5, 6));
            assertBroken(FRESH_READS);
        }

        @Test
        void replicasThatDiffer() {
            wrote("a", "x", 1, 2, new End.Acknowledged(1));
            wrote("b", "y", 1, 2, new End.Acknowledged(2));
            logged("a", "x");
            logged("b", "y");
            List<Logged> other = List.of(new Logged(1, "b", "R1", "y", new Fence(1, 0), NODE));
            assertThat(HistoryChecker.check(new History(seen, Map.of("store-0", log, "store-1", other))))
                    .extracting(Violation::promise)
                    .contains(SAME_EVERYWHERE);
        }

        @Test
        void aStaleHolderThatWroteAfterItsSuccessor() {
            wrote("a", "x", 1, 9, new End.Acknowledged(1));
            wrote("b", "y", 1, 9, new End.Acknowledged(2));
            logged("a", "x", new Fence(2, 0));
            logged("b", "y", new Fence(1, 7));
            assertBroken(FENCES_GROW);
        }
    }
}
