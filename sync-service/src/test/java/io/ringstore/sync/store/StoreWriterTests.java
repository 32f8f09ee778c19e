package io.ringstore.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.FenceMessage;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreViewMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Entry;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Write;
import io.ringstore.ring.RingEvent;
import io.ringstore.sync.FakeInbox;
import io.ringstore.sync.store.StoreWriter.StoreNode;
import io.ringstore.sync.trace.TracedWrites;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.ResourceAccessException;

/** Whatever a store node does, the loop hears what it means. */
class StoreWriterTests {

    private static final StoreViewMessage VIEW = new StoreViewMessage(new FenceMessage(7, 4), 1, List.of("sync-0"), 5);

    private final FakeInbox inbox = new FakeInbox();
    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private Supplier<BatchAnswer> answer =
            () -> new BatchAnswer(List.of(WriteResult.of(WriteResult.Status.NO_SUCH_KEY)), VIEW);
    private final StoreWriter writer = writer(StoreChoice.RANDOM);

    private StoreWriter writer(StoreChoice choice) {
        return new StoreWriter(IntStream.range(0, 3).mapToObj(this::store).toList(), choice, inbox, TracedWrites.NONE);
    }

    private StoreNode store(int index) {
        return new StoreNode("store-" + index, (StoreApi) Proxy.newProxyInstance(
                StoreApi.class.getClassLoader(), new Class<?>[] {StoreApi.class}, (_, method, _) -> {
                    asked.add(index);
                    return method.getName().equals("batch") ? answer.get() : VIEW;
                }));
    }

    private static Batch batch(long hop) {
        Write write = new Write("id", null, null, null, new Operation.Delete("k", new Precondition.Always()));
        return new Batch(1, new NodeId("sync-0"), new Fence(7, hop), List.of(new Entry(1, write)));
    }

    @Test
    void whoAnsweredABatchIsKnownUntilTheNextOneIsAnswered() {
        send(4, 0);
        assertThat(writer.answeredBy(new Fence(7, 4))).isEqualTo("store-" + asked.getLast());

        send(9, 0);
        assertThat(writer.answeredBy(new Fence(7, 4))).isNull();
        assertThat(writer.answeredBy(new Fence(7, 9))).isEqualTo("store-" + asked.getLast());
    }

    private RingEvent send(long hop, int attempt) {
        return send(writer, hop, attempt);
    }

    private RingEvent send(StoreWriter writer, long hop, int attempt) {
        int before = inbox.events.size();
        writer.sendBatch(batch(hop), attempt);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(30))
                .until(() -> inbox.events.size() > before);
        return inbox.events.getLast();
    }

    @Test
    void aBatchGoesToARandomNodeFirstAndToTheNextOneOnEachFurtherAttempt() {
        answer = () -> writtenUnder("store-2"); // which is a hint that nobody asked for
        Set<Integer> first = new HashSet<>();
        for (int hop = 0; hop < 60; hop++) {
            asked.clear();
            send(hop, 0);
            send(hop, 1);
            send(hop, 2);
            first.add(asked.getFirst());
            assertThat(asked).containsExactly(asked.get(0), (asked.get(0) + 1) % 3, (asked.get(0) + 2) % 3);
        }
        assertThat(first).as("each node comes first some time").containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void withTheHintABatchGoesToWhoWasPrimaryUntilThatNodeFails() {
        StoreWriter hinted = writer(StoreChoice.PRIMARY);
        answer = () -> writtenUnder("store-2");
        send(hinted, 1, 0);
        asked.clear();
        for (int hop = 2; hop < 22; hop++) {
            send(hinted, hop, 0);
        }
        assertThat(asked).as("of twenty batches").hasSize(20).containsOnly(2);

        asked.clear();
        connectionsAreRefused();
        send(hinted, 22, 0);
        answer = () -> writtenUnder("store-0");
        send(hinted, 22, 1);
        send(hinted, 23, 0);
        assertThat(asked)
                .as("the next one after the one that failed, which names the new primary")
                .containsExactly(2, 0, 0);
    }

    @Test
    void whoseHintedNodeFailedIsNotAskedFirstAgainUntilItIsPrimary() {
        StoreWriter hinted = writer(StoreChoice.PRIMARY);
        answer = () -> writtenUnder("store-2");
        send(hinted, 1, 0);
        connectionsAreRefused();
        send(hinted, 2, 0);
        asked.clear();
        for (int hop = 3; hop < 63; hop++) {
            send(hinted, hop, 0);
        }
        assertThat(asked).as("each node comes first some time").contains(0, 1, 2);
    }

    @Test
    void aDuplicateDoesNotSayWhoIsPrimaryNow() {
        StoreWriter hinted = writer(StoreChoice.PRIMARY);
        answer = () -> writtenUnder("store-2");
        send(hinted, 1, 0);
        answer = () -> written("store-0", true);
        send(hinted, 2, 0);
        asked.clear();
        send(hinted, 3, 0);
        assertThat(asked).containsExactly(2);
    }

    private void connectionsAreRefused() {
        answer = () -> {
            throw new ResourceAccessException("refused", new ConnectException("refused"));
        };
    }

    private static BatchAnswer writtenUnder(String primary) {
        return written(primary, false);
    }

    private static BatchAnswer written(String primary, boolean duplicate) {
        OriginMessage origin = new OriginMessage(VIEW.fence(), "sync-0", 0, 5, "store-1", primary, 1);
        return new BatchAnswer(
                List.of(new WriteResult(WriteResult.Status.COMMITTED, 1L, true, duplicate, origin)), VIEW);
    }

    @Test
    void anAnswerComesBackUnderItsFence() {
        assertThat(send(4, 0))
                .isInstanceOfSatisfying(
                        RingEvent.BatchAnswered.class,
                        answered -> assertThat(answered.fence()).isEqualTo(new Fence(7, 4)));
    }

    @Test
    void aRefusedConnectionIsCertainAndALostOneIsNot() {
        connectionsAreRefused();
        assertThat(send(4, 1)).isEqualTo(new RingEvent.BatchFailed(new Fence(7, 4), 1, true));
        answer = () -> {
            throw new ResourceAccessException("reset", new SocketException("reset"));
        };
        assertThat(send(4, 2)).isEqualTo(new RingEvent.BatchFailed(new Fence(7, 4), 2, false));
    }

    @Test
    void anAnswerThatMakesNoSenseIsAFailureOfUnknownOutcome() {
        RingEvent unknown = new RingEvent.BatchFailed(new Fence(7, 4), 0, false);
        answer = () -> new BatchAnswer(List.of(), VIEW);
        assertThat(send(4, 0)).as("too few results").isEqualTo(unknown);
        answer = () -> new BatchAnswer(List.of(WriteResult.of(WriteResult.Status.QUEUE_FULL)), VIEW);
        assertThat(send(4, 0)).as("a result that stores do not have").isEqualTo(unknown);
        answer = () -> new BatchAnswer(List.of(WriteResult.of(WriteResult.Status.COMMITTED)), VIEW);
        assertThat(send(4, 0)).as("committed, but nowhere").isEqualTo(unknown);
        answer = () -> {
            throw new IllegalStateException("anything");
        };
        assertThat(send(4, 0)).as("anything").isEqualTo(unknown);
    }

    @Test
    void aReadOfTheFenceSaysWhatTheStoreHas() {
        writer.readView(3);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !inbox.events.isEmpty());
        assertThat(inbox.events.getFirst())
                .isInstanceOfSatisfying(
                        RingEvent.ViewRead.class,
                        read -> assertThat(read.view().fence()).isEqualTo(new Fence(7, 4)));
    }
}
