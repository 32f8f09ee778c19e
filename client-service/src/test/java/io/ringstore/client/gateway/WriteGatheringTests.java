package io.ringstore.client.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.client.fake.Results;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.ResourceAccessException;

/** Writes gather while a call is under way; none waits for long, none is lost, none is taken for another. */
class WriteGatheringTests extends GatewayFixture {

    @Test
    void whileOneCallIsUnderWayTheNextGathers() {
        CountDownLatch decided = latch();
        nodeDoes(0, Results.after(decided, Results.all(Results.committed(1))));
        WriteUnderWay first = gateway.write(order("first"), 30_000);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !idsAt(0).isEmpty());

        List<WriteUnderWay> others = IntStream.range(0, 5)
                .mapToObj(i -> gateway.write(order("other" + i), 30_000))
                .toList();
        decided.countDown();

        first.await();
        others.forEach(WriteUnderWay::await);
        assertThat(syncs.getFirst().calls()).hasSize(2);
        assertThat(syncs.getFirst().calls().get(1))
                .extracting(WriteMessage::requestId)
                .containsExactly("other0", "other1", "other2", "other3", "other4");
    }

    @Test
    void aFrozenNodeHoldsWritesOnlyUntilItIsFoundSilent() {
        nodeDoes(0, Results.after(latch(), Results.all(Status.UNKNOWN)));
        syncs.getFirst().health(() -> {
            throw new ResourceAccessException("no answer");
        });
        WriteUnderWay first = gateway.write(order("first"), 30_000);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !idsAt(0).isEmpty());
        WriteUnderWay behind = gateway.write(order("behind"), 30_000);

        assertThat(first.await().result().status()).isEqualTo(Status.COMMITTED);
        assertThat(behind.await().result().status()).isEqualTo(Status.COMMITTED);
        assertThat(idsAt(0)).as("what gathered behind it went elsewhere").containsExactly("first");
    }

    @Test
    void aSlowNodeThatLivesIsWaitedFor() {
        CountDownLatch decided = latch();
        nodeDoes(0, Results.after(decided, Results.all(Results.committed(1))));
        WriteUnderWay slow = gateway.write(order("slow"), 30_000);
        CompletableFuture.delayedExecutor(3 * SILENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .execute(decided::countDown);

        assertThat(slow.await().result().status()).isEqualTo(Status.COMMITTED);
        assertThat(idsAt(1)).isEmpty();
    }

    @Test
    void atItsDeadlineAWriteThatWasNeverSentIsRefusedAndOneThatWasIsUnknown() {
        CountDownLatch never = latch();
        nodeDoes(0, Results.after(never, Results.all(Results.committed(1))));
        WriteUnderWay sent = gateway.write(order("sent"), 1_000);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !idsAt(0).isEmpty());
        WriteUnderWay waiting = gateway.write(order("waiting"), 100);

        assertThat(waiting.await().result().status()).isEqualTo(Status.DEADLINE);
        assertThat(sent.await().result().status()).isEqualTo(Status.UNKNOWN);
        never.countDown();
        gateway.close();
        assertThat(idsAt(0)).as("what was refused is not sent later").containsExactly("sent");
    }

    @Test
    void whoeverIsInterruptedIsToldWhatIsKnown() {
        CountDownLatch never = latch();
        nodeDoes(0, Results.after(never, Results.all(Results.committed(1))));
        WriteUnderWay sent = gateway.write(order("sent"), 5_000);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !idsAt(0).isEmpty());

        Thread.currentThread().interrupt();
        assertThat(sent.await().result().status()).isEqualTo(Status.UNKNOWN);
        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
    }

    @Test
    void aGatewayThatIsClosedRefusesWhatItNeverSent() {
        gateway.close();
        assertThat(write("late", 1_000).result().status()).isEqualTo(Status.DEADLINE);
    }

    @Test
    void thereIsRoomForSoManyWritesAndItIsGivenBack() {
        gateway = gateway(2, 1 << 20);
        CountDownLatch decided = latch();
        nodeDoes(0, Results.after(decided, Results.all(Results.committed(1))));
        WriteUnderWay one = gateway.write(order("1"), 2_000);
        WriteUnderWay two = gateway.write(order("2"), 2_000);
        assertThatExceptionOfType(NotAdmitted.class)
                .isThrownBy(() -> gateway.write(order("3"), 2_000))
                .satisfies(full -> assertThat(full.reason()).isEqualTo(NotAdmitted.Reason.FULL));
        decided.countDown();
        one.await();
        two.await();
        for (int i = 0; i < 10; i++) {
            assertThat(write("again" + i, 1_000).result().status()).isEqualTo(Status.COMMITTED);
        }
    }

    @Test
    void thereIsRoomForSoManyBytes() {
        gateway = gateway(1_000, 1 << 20);
        WriteOrder large = new WriteOrder("large", null, null, null, "put", "key", new byte[1 << 20], null, null, null);
        assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> gateway.write(large, 1_000));
        assertThat(write("small", 1_000).result().status()).isEqualTo(Status.COMMITTED);
    }

    @Test
    void theSameIdMayBeWrittenAgainAsSoonAsItIsAnswered() {
        for (int i = 0; i < 200; i++) {
            assertThat(write("same", 1_000).result().status()).isEqualTo(Status.COMMITTED);
        }
    }

    @Test
    void everyWriteOfManyGetsItsOwnAnswer() {
        gateway = gateway(1_000, 32 << 20);
        AtomicInteger calls = new AtomicInteger();
        syncs.forEach(sync -> sync.does(writes -> {
            if (calls.incrementAndGet() % 3 == 0) {
                throw Results.lostConnection();
            }
            return writes.stream()
                    .map(write -> Results.committed(Long.parseLong(write.requestId())))
                    .toList();
        }));
        List<WriteUnderWay> writes = IntStream.range(1, 500)
                .mapToObj(i -> gateway.write(order(String.valueOf(i)), 5_000))
                .toList();
        Set<Long> revisions =
                writes.stream().map(write -> write.await().result().revision()).collect(Collectors.toSet());
        assertThat(revisions).hasSize(499);
        assertThat(writes.get(41).await().result().revision()).isEqualTo(42);
    }
}
