package io.ringstore.client.view;

import io.ringstore.api.NodeState;
import io.ringstore.api.StoreStatus;
import io.ringstore.client.gateway.WriteGateway;
import io.ringstore.client.gateway.WritesUnderWay;
import io.ringstore.client.watch.StateSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** How ring, store and this gateway are, for those who watch. */
@Component
class ClusterSamples implements StateSource {

    /** What a person reads. */
    private static final int WAITING_SHOWN = 20;

    private final NodeViews nodes;
    private final WriteGateway gateway;

    ClusterSamples(NodeViews nodes, WriteGateway gateway) {
        this.nodes = nodes;
        this.gateway = gateway;
    }

    /** A sample; {@code at} is this gateway's clock. */
    record StateView(String at, RingView ring, List<StoreView> store, WritesUnderWay pending) {}

    @Override
    public Supplier<Object> begin() {
        Latest<NodeState> syncs = new Latest<>(nodes.syncQuestions());
        Latest<StoreStatus> stores = new Latest<>(nodes.storeQuestions());
        return () -> new StateView(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                RingView.of(syncs.next()),
                StoreView.of(stores.next()),
                gateway.underWay(WAITING_SHOWN));
    }
}
