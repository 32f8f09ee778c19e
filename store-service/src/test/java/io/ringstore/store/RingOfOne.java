package io.ringstore.store;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.ClaimAnswer;
import io.ringstore.api.ClaimMessage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.WriteResult;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Entry;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.web.client.RestClientException;

/** The smallest ring: one sync node that writes batch after batch, and again under the same id if it must. */
final class RingOfOne {

    private static final String SYNC = "sync-0";

    private final StoreCluster cluster;
    private final long epoch;
    private final long config;
    private final Map<String, Long> acknowledged = new LinkedHashMap<>();
    private long hop;
    private long requests;
    private Duration longestWait = Duration.ZERO;

    private RingOfOne(StoreCluster cluster, ClaimAnswer claim) {
        this.cluster = cluster;
        this.epoch = claim.epoch();
        this.config = claim.view().cfg();
    }

    static RingOfOne open(StoreCluster cluster) {
        int primary = cluster.awaitPrimary();
        StoreApi store = cluster.store(primary);
        ClaimAnswer claim = Awaitility.await()
                .atMost(StoreCluster.PATIENCE)
                .ignoreExceptionsInstanceOf(RestClientException.class)
                .until(
                        () -> store.claim(
                                new ClaimMessage(
                                        0,
                                        List.of(SYNC),
                                        SYNC,
                                        "claim",
                                        store.fence().fence().epoch(),
                                        null),
                                null),
                        answer -> answer.status() == ClaimAnswer.Status.WON);
        return new RingOfOne(cluster, claim);
    }

    /** One attempt, with whatever answer it gets. */
    WriteResult attempt(StoreApi store, String requestId, String key, String value) {
        var put = new Operation.Put(
                key, new Value(value.getBytes(StandardCharsets.UTF_8), "text/plain"), new Precondition.Always());
        return attempt(store, new Write(requestId, null, null, null, put));
    }

    WriteResult attempt(StoreApi store, Write write) {
        var batch = new Batch(config, new NodeId(SYNC), new Fence(epoch, ++hop), List.of(new Entry(1, write)));
        BatchAnswer answer = store.batch(LedgerCodec.encode(batch), null);
        return answer.results().getFirst();
    }

    /** Writes at one node until it is acknowledged. */
    WriteResult write(int index, String key, String value) {
        String requestId = "request-" + ++requests;
        long start = System.nanoTime();
        WriteResult result = Awaitility.await("an answer to " + requestId)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(StoreCluster.PATIENCE)
                .ignoreExceptionsInstanceOf(RestClientException.class)
                .until(
                        () -> attempt(cluster.store(index), requestId, key, value),
                        answer -> answer.status() == WriteResult.Status.COMMITTED);
        Duration wait = Duration.ofNanos(System.nanoTime() - start);
        longestWait = wait.compareTo(longestWait) > 0 ? wait : longestWait;
        Long revision = result.revision();
        acknowledged.put(requestId, revision == null ? -1 : revision);
        return result;
    }

    void writeMany(int index, int count, String value) {
        for (int i = 0; i < count; i++) {
            write(index, "key-" + i % 10, value);
        }
    }

    /** Request ids that were acknowledged, and the revisions they were told. */
    Map<String, Long> acknowledged() {
        return acknowledged;
    }

    Duration longestWait() {
        return longestWait;
    }

    void forgetWaits() {
        longestWait = Duration.ZERO;
    }
}
