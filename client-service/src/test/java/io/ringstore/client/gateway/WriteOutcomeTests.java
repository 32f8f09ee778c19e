package io.ringstore.client.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.client.fake.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A write is tried under one id until it is decided, and what is said of it is true (rules R9, R10). */
class WriteOutcomeTests extends GatewayFixture {

    @Test
    void aRefusalIsRetriedAtTheNextNodeUnderTheSameId() {
        nodeDoes(0, Results.all(Status.QUEUE_FULL));
        nodeDoes(1, Results.fails(Results.refusedConnection()));

        WriteAnswer answer = write("one", 1_000);

        assertThat(answer.result().status()).isEqualTo(Status.COMMITTED);
        assertThat(answer.node()).isEqualTo("sync-2");
        assertThat(List.of(idsAt(0), idsAt(1), idsAt(2))).containsOnly(List.of("one"));
    }

    @Test
    void aWriteForOneNodeGoesThereAndOnFromThere() {
        nodeDoes(1, Results.all(Status.QUEUE_FULL));

        assertThat(gateway.writeAt(1, order("one"), 1_000).await().node()).isEqualTo("sync-2");
        assertThat(idsAt(0)).isEmpty();
        assertThat(idsAt(1)).containsExactly("one");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"COMMITTED", "PRECONDITION_FAILED", "NO_SUCH_KEY", "KEY_REUSED", "KEY_EXPIRED", "KEY_FROM_FUTURE"})
    void aDecisionIsNotRetried(Status decision) {
        nodeDoes(0, Results.all(decision == Status.COMMITTED ? Results.committed(1) : WriteResult.of(decision)));

        assertThat(write("one", 1_000).result().status()).isEqualTo(decision);
        assertThat(idsAt(1)).isEmpty();
    }

    @Test
    void refusalsOnlyAreARefusal() {
        syncs.forEach(sync -> sync.does(Results.all(Status.NOT_READY)));
        assertThat(write("one", 100).result().status()).isEqualTo(Status.NOT_READY);
    }

    @Test
    void oneUnknownAttemptMakesTheWholeUnknown() {
        nodeDoes(0, Results.fails(Results.lostConnection()));
        nodeDoes(1, Results.all(Status.DEADLINE));
        nodeDoes(2, Results.all(Status.DEADLINE));
        assertThat(write("one", 100).result().status()).isEqualTo(Status.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"COMMITTED", "PRECONDITION_FAILED", "NO_SUCH_KEY", "KEY_REUSED"})
    void whatTheStoreRemembersEndsTheDoubt(Status decision) {
        nodeDoes(0, Results.all(Status.UNKNOWN));
        nodeDoes(1, Results.all(decision == Status.COMMITTED ? Results.committed(1) : WriteResult.of(decision)));
        assertThat(write("one", 1_000).result().status()).isEqualTo(decision);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"KEY_EXPIRED", "KEY_FROM_FUTURE"})
    void anIdThatTheStoreDidNotAcceptDoesNotEndTheDoubt(Status refusal) {
        nodeDoes(0, Results.all(Status.UNKNOWN));
        nodeDoes(1, Results.all(refusal));
        assertThat(write("one", 1_000).result().status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aWholeCallThatIsRefusedForCertainLeavesNoDoubt() {
        nodeDoes(0, Results.fails(Results.status(503, "{\"outcome\":\"not-applied\"}")));
        nodeDoes(1, Results.fails(Results.status(400, "")));
        nodeDoes(2, Results.fails(Results.refusedConnection()));
        assertThat(write("one", 100).result().status()).isEqualTo(Status.NOT_READY);
    }

    @Test
    void a503ThatDoesNotSaySoLeavesDoubt() {
        syncs.forEach(sync -> sync.does(Results.fails(Results.status(503, "busy"))));
        assertThat(write("one", 100).result().status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void anAnswerThatDoesNotFitItsQuestionIsNobodysAnswer() {
        List<List<@Nullable WriteResult>> senseless = List.of(
                List.of(),
                List.of(Results.committed(1), Results.committed(2)),
                Arrays.asList((WriteResult) null),
                List.of(WriteResult.of(Status.COMMITTED)));
        AtomicInteger next = new AtomicInteger();
        nodeDoes(0, _ -> cast(senseless.get(next.getAndIncrement() % senseless.size())));
        nodeDoes(1, Results.all(Status.DEADLINE));
        nodeDoes(2, Results.all(Status.DEADLINE));
        for (int i = 0; i < senseless.size(); i++) {
            WriteGateway fresh = gateway(8, 1 << 20);
            assertThat(fresh.write(order("s" + i), 100).await().result().status())
                    .isEqualTo(Status.UNKNOWN);
            fresh.close();
        }
        nodeDoes(0, Results.all(Results.committed(9)));
        assertThat(write("after", 1_000).result().status())
                .as("the lane goes on")
                .isEqualTo(Status.COMMITTED);
    }

    private static List<WriteResult> cast(List<@Nullable WriteResult> results) {
        List<WriteResult> all = new ArrayList<>();
        results.forEach(all::add);
        return all;
    }
}
