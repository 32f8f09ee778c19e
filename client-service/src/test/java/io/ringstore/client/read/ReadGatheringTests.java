package io.ringstore.client.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ringstore.api.KeyRead;
import io.ringstore.api.KeysQuestion;
import io.ringstore.api.StoreApi;
import io.ringstore.client.read.StoreReads.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.client.ResourceAccessException;

/** Reads gather while calls are under way; each gets the answer to its own key, from a call that began after it. */
@Timeout(60)
class ReadGatheringTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    /** One that arrived at the store, which answers when the test does. */
    private record Call(KeysQuestion question, CompletableFuture<List<KeyRead>> answered) {

        List<String> keys() {
            return question.keys();
        }

        void answer(int count) {
            answered.complete(keys().stream()
                    .limit(count)
                    .map(ReadGatheringTests::answerTo)
                    .toList());
        }

        void answer() {
            answer(keys().size());
        }
    }

    @AfterEach
    void endReaders() {
        readers.shutdownNow();
    }

    @Test
    void aLoneReadIsCalledAtOnce() throws Exception {
        CompletableFuture<KeyRead> read = read(gathering(PATIENCE), "7");
        Call call = nextCall();

        assertThat(call.question()).isEqualTo(new KeysQuestion("local", List.of("7")));
        call.answer();
        assertThat(read.get()).isEqualTo(answerTo("7"));
    }

    @Test
    void whatComesWhileCallsAreUnderWaySharesTheNextOne() throws Exception {
        ReadGathering gathering = gathering(PATIENCE);
        Map<String, CompletableFuture<KeyRead>> reads = new HashMap<>();
        reads.put("1", read(gathering, "1"));
        Call first = nextCall();
        reads.put("2", read(gathering, "2"));
        Call second = nextCall();
        IntStream.range(3, 20).forEach(key -> reads.put("" + key, readOnceWaiting(gathering, "" + key)));

        assertThat(calls).as("no third call").isEmpty();
        second.answer();
        Call third = nextCall();
        third.answer();
        first.answer();

        assertThat(third.keys())
                .containsExactlyElementsOf(
                        IntStream.range(3, 20).mapToObj(String::valueOf).toList());
        for (Map.Entry<String, CompletableFuture<KeyRead>> read : reads.entrySet()) {
            assertThat(read.getValue().get()).isEqualTo(answerTo(read.getKey()));
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void whatAnAnswerHasNoRoomForIsAskedNext() throws Exception {
        ReadGathering gathering = gathering(PATIENCE);
        var _ = read(gathering, "1");
        Call first = nextCall();
        var _ = read(gathering, "2");
        nextCall();
        List<CompletableFuture<KeyRead>> waiting = IntStream.range(3, 8)
                .mapToObj(key -> readOnceWaiting(gathering, "" + key))
                .toList();

        first.answer();
        nextCall().answer(2);
        Call rest = nextCall();
        rest.answer();

        assertThat(rest.keys()).containsExactly("5", "6", "7");
        for (int i = 0; i < waiting.size(); i++) {
            assertThat(waiting.get(i).get()).isEqualTo(answerTo("" + (3 + i)));
        }
    }

    @Test
    void aStoreThatFailsFailsThoseWhoAskedAndNobodyElse() throws Exception {
        ReadGathering gathering = gathering(Duration.ofSeconds(2));
        CompletableFuture<KeyRead> first = read(gathering, "1");
        CompletableFuture<KeyRead> second = read(gathering, "2");
        List<Call> begun = List.of(nextCall(), nextCall());
        CompletableFuture<KeyRead> later = readOnceWaiting(gathering, "later");
        begun.forEach(call -> call.answered().completeExceptionally(new IllegalStateException("broken")));

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(first::get);
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(second::get);
        nextCall().answer();
        assertThat(later.get()).isEqualTo(answerTo("later"));
    }

    @Test
    void anAnswerThatIsNoneIsAFailureAndNotAskedForEver() throws Exception {
        CompletableFuture<KeyRead> read = read(gathering(PATIENCE), "1");

        nextCall().answer(0);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(read::get)
                .withMessageContaining("0 answers for 1 keys");
        assertThat(calls).isEmpty();
    }

    @Test
    void whoHasWaitedTooLongGoesAndTheOthersAreServed() throws Exception {
        ReadGathering gathering = gathering(Duration.ofMillis(300));
        var _ = read(gathering, "1");
        Call first = nextCall();
        var _ = read(gathering, "2");
        Call second = nextCall();
        CompletableFuture<KeyRead> tooLate = readOnceWaiting(gathering, "late");

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(tooLate::get)
                .withCauseInstanceOf(StoreUnavailable.class);
        first.answer();
        second.answer();
        CompletableFuture<KeyRead> next = read(gathering, "next");
        Call call = nextCall();
        call.answer();

        assertThat(call.keys()).containsExactly("next");
        assertThat(next.get()).isEqualTo(answerTo("next"));
    }

    @Test
    void manyAtOnceGetTheirOwnAnswersAndNoPlaceIsLost() throws Exception {
        ReadGathering gathering = gathering(PATIENCE);
        Thread store = Thread.startVirtualThread(this::answerWhatComes);
        List<CompletableFuture<KeyRead>> reads = new ArrayList<>();
        IntStream.range(0, 5_000).forEach(key -> reads.add(read(gathering, "" + key)));

        for (int key = 0; key < reads.size(); key++) {
            assertThat(reads.get(key).get()).isEqualTo(answerTo("" + key));
        }
        store.interrupt();
        store.join();
        var _ = read(gathering, "a");
        var _ = read(gathering, "b");
        assertThat(List.of(nextCall().keys(), nextCall().keys())).hasSize(ReadGathering.MAX_CALLS);
    }

    private void answerWhatComes() {
        try {
            while (true) {
                calls.take().answer();
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private Call nextCall() throws InterruptedException {
        Call call = calls.poll(20, TimeUnit.SECONDS);
        assertThat(call).as("a call to the store").isNotNull();
        return call;
    }

    private ReadGathering gathering(Duration patience) {
        StoreApi store = mock();
        when(store.reads(any())).thenAnswer(invocation -> {
            Call call = new Call(invocation.getArgument(0), new CompletableFuture<>());
            calls.add(call);
            try {
                return call.answered().get();
            } catch (ExecutionException failure) {
                throw failure.getCause();
            } catch (InterruptedException over) {
                throw new ResourceAccessException("interrupted");
            }
        });
        return new ReadGathering(new StoreReads(List.of(store), patience), "local", patience);
    }

    private CompletableFuture<KeyRead> read(ReadGathering gathering, String key) {
        return CompletableFuture.supplyAsync(() -> gathering.read(key), readers);
    }

    /** Returns when the read waits behind those that came before. */
    private CompletableFuture<KeyRead> readOnceWaiting(ReadGathering gathering, String key) {
        int before = gathering.waiting();
        CompletableFuture<KeyRead> read = read(gathering, key);
        Awaitility.await().until(() -> gathering.waiting() > before);
        return read;
    }

    private static KeyRead answerTo(String key) {
        return new KeyRead(null, key.hashCode(), 0);
    }
}
