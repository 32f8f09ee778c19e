package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ReadBarrierTests {

    private final List<CompletableFuture<Void>> rounds = new CopyOnWriteArrayList<>();
    private final ReadBarrier barrier = new ReadBarrier(() -> {
        CompletableFuture<Void> round = new CompletableFuture<>();
        rounds.add(round);
        return round;
    });

    @Test
    void aReadUsesOnlyARoundThatBeganAfterIt() throws Exception {
        CompletableFuture<Void> first = barrier.pass();
        CompletableFuture<Void> late = barrier.pass();

        rounds.get(0).complete(null);
        first.get(5, TimeUnit.SECONDS);
        assertThat(late).isNotDone();

        awaitRounds(2);
        rounds.get(1).complete(null);
        late.get(5, TimeUnit.SECONDS);
    }

    @Test
    void readsThatComeDuringARoundShareTheNext() throws Exception {
        var _ = barrier.pass();
        List<CompletableFuture<Void>> late = List.of(barrier.pass(), barrier.pass(), barrier.pass());

        rounds.get(0).complete(null);
        awaitRounds(2);
        rounds.get(1).complete(null);

        for (CompletableFuture<Void> read : late) {
            read.get(5, TimeUnit.SECONDS);
        }
        assertThat(rounds).hasSize(2);
    }

    @Test
    void aFailedRoundFailsItsReadsAndNoOthers() throws Exception {
        CompletableFuture<Void> first = barrier.pass();
        CompletableFuture<Void> second = barrier.pass();

        rounds.get(0).completeExceptionally(new IllegalStateException("not the primary"));
        assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);

        awaitRounds(2);
        rounds.get(1).complete(null);
        second.get(5, TimeUnit.SECONDS);
    }

    /** As when a primary loses its majority: Ratis fails all rounds inside its locks, and a new read needs the same locks. */
    @Test
    void aRoundThatEndsInsideRatisLocksDeadlocksNobody() throws Exception {
        ReentrantLock ratis = new ReentrantLock();
        List<CompletableFuture<Void>> begun = new CopyOnWriteArrayList<>();
        ReadBarrier guarded = new ReadBarrier(() -> {
            ratis.lock();
            try {
                CompletableFuture<Void> round = new CompletableFuture<>();
                begun.add(round);
                return round;
            } finally {
                ratis.unlock();
            }
        });
        CompletableFuture<Void> first = guarded.pass();
        ratis.lock();
        try {
            CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> {
                var _ = guarded.pass();
            });
            begun.get(0).complete(null);
            first.get(5, TimeUnit.SECONDS);
            asked.get(5, TimeUnit.SECONDS);
            assertThat(begun).as("rounds begun while the locks are held").hasSize(1);
        } finally {
            ratis.unlock();
        }
        Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> begun.size() == 2);
    }

    private void awaitRounds(int count) {
        Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> rounds.size() == count);
    }
}
