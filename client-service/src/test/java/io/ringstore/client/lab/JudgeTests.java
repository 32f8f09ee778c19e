package io.ringstore.client.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.StoreApi;
import io.ringstore.api.WriteMessage;
import io.ringstore.client.fake.FakeStore;
import io.ringstore.history.Observation;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import io.ringstore.history.Violation.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClientException;

/** A verdict is good only if the log of every store node bears out what the clients were told. */
class JudgeTests {

    private static final String RUN = "lab-1";

    private final FakeStore one = new FakeStore();
    private final FakeStore other = new FakeStore();
    private final Tally tally = new Tally(0);
    private long now;

    private static void commit(FakeStore store, String id, String value) {
        store.commit(List.of(new WriteMessage(
                id,
                "C1",
                null,
                null,
                "put",
                "R1",
                value.getBytes(StandardCharsets.UTF_8),
                "text/plain",
                null,
                null,
                1_000)));
    }

    private void seen(String id, End end) {
        long began = ++now;
        long completed = end instanceof End.Unknown ? Observation.NEVER : ++now;
        tally.saw(new WriteSeen(id, "R1", id, began, completed, end), "sync-0", now);
    }

    private void writtenEverywhere(String id) {
        commit(one, id, id);
        commit(other, id, id);
    }

    private Verdict verdict(long after) throws InterruptedException {
        Map<String, StoreApi> stores = new LinkedHashMap<>();
        stores.put("store-0", one);
        stores.put("store-1", other);
        return Verdict.of(new Judge(stores, Duration.ofSeconds(1)).judge(RUN, after, 0, tally.seen()), tally);
    }

    @Test
    void whatEveryNodeHasOnceAndInOrderIsGood() throws Exception {
        writtenEverywhere("before-the-run");
        writtenEverywhere(RUN + "-c1-0");
        writtenEverywhere(RUN + "-c1-1");
        seen(RUN + "-c1-0", new End.Acknowledged(2));
        seen(RUN + "-c1-1", new End.Acknowledged(3));

        Verdict verdict = verdict(1);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.good()).isTrue();
        assertThat(verdict.sentence()).contains("All 2 writes are there, once each");
    }

    @Test
    void othersMayWriteTheSameValueTwiceMeanwhile() throws Exception {
        for (String id : List.of("somebody-1", "somebody-2")) {
            commit(one, id, "the same");
            commit(other, id, "the same");
        }
        writtenEverywhere(RUN + "-c1-0");
        seen(RUN + "-c1-0", new End.Acknowledged(3));

        assertThat(verdict(0).good()).isTrue();
    }

    @Test
    void anAcknowledgedWriteThatIsNotThereIsLost() throws Exception {
        writtenEverywhere(RUN + "-c1-0");
        seen(RUN + "-c1-0", new End.Acknowledged(1));
        seen(RUN + "-c1-1", new End.Acknowledged(2));

        Verdict verdict = verdict(0);

        assertThat(verdict.good()).isFalse();
        assertThat(verdict.broken()).extracting(Verdict.Broken::promise).contains(Promise.NOTHING_ACKNOWLEDGED_IS_LOST);
        assertThat(verdict.kept()).doesNotContain(Promise.NOTHING_ACKNOWLEDGED_IS_LOST);
    }

    @Test
    void aWriteThatStandsTwiceIsDoubled() throws Exception {
        writtenEverywhere(RUN + "-c1-0");
        for (FakeStore store : List.of(one, other)) {
            commit(store, RUN + "-c1-0-again", RUN + "-c1-0");
        }
        seen(RUN + "-c1-0", new End.Acknowledged(1));

        assertThat(verdict(0).broken()).extracting(Verdict.Broken::promise).contains(Promise.EXACTLY_ONCE);
    }

    @Test
    void aLaterWriteThatStandsFirstIsOutOfOrder() throws Exception {
        writtenEverywhere(RUN + "-c1-1");
        writtenEverywhere(RUN + "-c1-0");
        seen(RUN + "-c1-0", new End.Acknowledged(2));
        seen(RUN + "-c1-1", new End.Acknowledged(1));

        assertThat(verdict(0).broken()).extracting(Verdict.Broken::promise).contains(Promise.REAL_TIME_ORDER);
    }

    @Test
    void aNodeThatHasSomethingElseIsFoundOut() throws Exception {
        commit(one, RUN + "-c1-0", RUN + "-c1-0");
        commit(other, RUN + "-c1-0", "something else");
        seen(RUN + "-c1-0", new End.Acknowledged(1));

        assertThat(verdict(0).broken()).extracting(Verdict.Broken::promise).contains(Promise.SAME_EVERYWHERE);
    }

    @Test
    void aNodeThatCannotBeAskedIsNotGood() throws Exception {
        writtenEverywhere(RUN + "-c1-0");
        seen(RUN + "-c1-0", new End.Acknowledged(1));
        other.failsWith(new RestClientException("gone"));

        assertThat(verdict(0).good()).isFalse();
        assertThat(verdict(0).broken().getFirst().detail()).contains("store-1 does not have revision 1");
    }

    @Test
    void aWriteThatNobodyWasToldTheEndOfIsNoLossAndNotGood() throws Exception {
        writtenEverywhere(RUN + "-c1-0");
        seen(RUN + "-c1-0", new End.Acknowledged(1));
        seen(RUN + "-c1-1", new End.Unknown());

        Verdict verdict = verdict(0);

        assertThat(verdict.good()).isFalse();
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.open()).isEqualTo(1);
    }

    @Test
    void fairnessCountsTheYoungerOnesThatWentFirst() {
        assertThat(Fairness.of(List.of(1L, 4L, 2L, 3L, 5L), List.of())).isEqualTo(new Fairness(3, 1, List.of()));
    }
}
