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
class SharedRoundTests {

    private final List<CompletableFuture<Void>> rounds = new CopyOnWriteArrayList<>();
    private final SharedRound<Void> shared = new SharedRound<>(this::round);

    private final ReentrantLock ratis = new ReentrantLock();
    private final SharedRound<Void> guarded = new SharedRound<>(() -> {
        ratis.lock();
        try {
            return round();
        } finally {
            ratis.unlock();
        }
    });

    @Test
    void aReadUsesOnlyARoundThatBeganAfterIt() throws Exception {
        CompletableFuture<Void> first = shared.ask();
        CompletableFuture<Void> late = shared.ask();

        rounds.get(0).complete(null);
        first.get(30, TimeUnit.SECONDS);
        assertThat(late).isNotDone();

        awaitRounds(2);
        rounds.get(1).complete(null);
        late.get(30, TimeUnit.SECONDS);
    }

    @Test
    void readsThatComeDuringARoundShareTheNext() throws Exception {
        var _ = shared.ask();
        List<CompletableFuture<Void>> late = List.of(shared.ask(), shared.ask(), shared.ask());

        rounds.get(0).complete(null);
        awaitRounds(2);
        rounds.get(1).complete(null);

        for (CompletableFuture<Void> read : late) {
            read.get(30, TimeUnit.SECONDS);
        }
        assertThat(rounds).hasSize(2);
    }

    @Test
    void aFailedRoundFailsItsReadsAndNoOthers() throws Exception {
        CompletableFuture<Void> first = shared.ask();
        CompletableFuture<Void> second = shared.ask();

        rounds.get(0).completeExceptionally(new IllegalStateException("not the primary"));
        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);

        awaitRounds(2);
        rounds.get(1).complete(null);
        second.get(30, TimeUnit.SECONDS);
    }

    /** As when a primary loses its majority: Ratis fails all rounds inside its locks, and the next round needs the same. */
    @Test
    void aRoundThatEndsInsideRatisLocksDeadlocksNobody() throws Exception {
        CompletableFuture<Void> first = guarded.ask();
        CompletableFuture<Void> late = guarded.ask();
        ratis.lock();
        try {
            rounds.get(0).complete(null);
            first.get(30, TimeUnit.SECONDS);
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(ratis::hasQueuedThreads);
            assertThat(rounds).as("rounds begun while the locks are held").hasSize(1);
        } finally {
            ratis.unlock();
        }
        awaitRounds(2);
        rounds.get(1).complete(null);
        late.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aReadThatWaitsForRatisLocksHoldsNoneOfOurs() throws Exception {
        ratis.lock();
        try {
            var _ = askElsewhere();
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(ratis::hasQueuedThreads);
            askElsewhere().get(30, TimeUnit.SECONDS);
        } finally {
            ratis.unlock();
        }
        awaitRounds(1);
    }

    private CompletableFuture<Void> askElsewhere() {
        return CompletableFuture.runAsync(
                () -> {
                    var _ = guarded.ask();
                },
                Thread::startVirtualThread);
    }

    private CompletableFuture<Void> round() {
        CompletableFuture<Void> round = new CompletableFuture<>();
        rounds.add(round);
        return round;
    }

    private void awaitRounds(int count) {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> rounds.size() == count);
    }
}
