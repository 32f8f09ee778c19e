package io.ringstore.client.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.client.fake.FakeSync;
import io.ringstore.client.fake.Results;
import io.ringstore.link.trace.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A gateway before three sync nodes that do as they are told; the first one is its favourite. */
abstract class GatewayFixture {

    static final Duration SILENCE = Duration.ofMillis(150);

    final List<FakeSync> syncs = IntStream.range(0, 3)
            .mapToObj(index -> new FakeSync(index, Results.all(Results.committed(1))))
            .toList();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<CountDownLatch> latches = new ArrayList<>();
    WriteGateway gateway = gateway(8, 1 << 20);

    WriteGateway gateway(int maxWaiting, int maxBytes) {
        GatewayProperties settings = new GatewayProperties(
                GatewayProperties.Choice.STICKY,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                1,
                maxWaiting,
                maxBytes,
                16 << 20,
                2_048,
                SILENCE,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                false);
        List<SyncNode> nodes = IntStream.range(0, 3)
                .mapToObj(index -> new SyncNode("sync-" + index, syncs.get(index), syncs.get(index)))
                .toList();
        // A name whose hash is 0 starts at the first node.
        SyncNodeChooser chooser = new SyncNodeChooser(3, settings.choice(), "", settings.suspicion());
        meters = new SimpleMeterRegistry();
        return new WriteGateway(nodes, chooser, settings, new GatewayMetrics(meters), Traces.OFF);
    }

    /** Holds a node until it is opened, or the test is over, however it ends. */
    CountDownLatch latch() {
        CountDownLatch latch = new CountDownLatch(1);
        latches.add(latch);
        return latch;
    }

    @AfterEach
    void close() {
        latches.forEach(CountDownLatch::countDown);
        gateway.close();
    }

    static WriteOrder order(String id) {
        return new WriteOrder(
                id, null, null, null, "put", "key", "value".getBytes(StandardCharsets.UTF_8), null, null, null);
    }

    WriteAnswer write(String id, long patienceMillis) {
        return gateway.write(order(id), patienceMillis).await();
    }

    List<String> idsAt(int node) {
        return syncs.get(node).calls().stream()
                .flatMap(List::stream)
                .map(WriteMessage::requestId)
                .toList();
    }

    void nodeDoes(int node, Function<List<WriteMessage>, List<WriteResult>> behaviour) {
        syncs.get(node).does(behaviour);
    }
}
