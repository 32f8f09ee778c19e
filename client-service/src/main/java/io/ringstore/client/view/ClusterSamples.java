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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How ring, store and this gateway are, for those who watch. */
@Component
class ClusterSamples implements StateSource {

    /** What a person reads. */
    private static final int WAITING_SHOWN = 20;

    private final NodeViews nodes;
    private final WriteGateway gateway;
    private final boolean lab;

    ClusterSamples(NodeViews nodes, WriteGateway gateway, @Value("${ringstore.lab.enabled:false}") boolean lab) {
        this.nodes = nodes;
        this.gateway = gateway;
        this.lab = lab;
    }

    /**
     * A sample.
     *
     * @param at this gateway's clock
     * @param lab whether it has the lab's paths
     */
    record StateView(String at, boolean lab, RingView ring, List<StoreView> store, WritesUnderWay pending) {}

    @Override
    public Supplier<Object> begin() {
        Latest<NodeState> syncs = new Latest<>(nodes.syncQuestions());
        Latest<StoreStatus> stores = new Latest<>(nodes.storeQuestions());
        return () -> new StateView(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                lab,
                RingView.of(syncs.next()),
                StoreView.of(stores.next()),
                gateway.underWay(WAITING_SHOWN));
    }
}
