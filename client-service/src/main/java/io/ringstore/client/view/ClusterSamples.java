package io.ringstore.client.view;

import io.ringstore.api.NodeState;
import io.ringstore.api.StoreStatus;
import io.ringstore.client.gateway.WriteGateway;
import io.ringstore.client.gateway.WritesUnderWay;
import io.ringstore.client.node.Answered;
import io.ringstore.client.watch.StateSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How ring, store and this gateway are, for those who watch. */
@Component
class ClusterSamples implements StateSource {

    /** What a person reads. */
    private static final int WAITING_SHOWN = 20;

    /** Whoever hears nothing for longer takes what it knows for stale. */
    private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

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
    record StateView(String at, boolean lab, RingView ring, List<StoreView> store, WritesUnderWay pending) {

        boolean saysTheSameAs(StateView other) {
            return ring.equals(other.ring) && store.equals(other.store) && pending.equals(other.pending);
        }
    }

    @Override
    public Samples begin() {
        Latest<StoreStatus> stores = new Latest<>(nodes.storeQuestions());
        return new Samples() {

            private @Nullable StateView before;
            private long saidAt;

            @Override
            public Optional<Object> next(List<Answered<NodeState>> syncs) {
                StateView now = view(syncs, stores.next());
                long nanos = System.nanoTime();
                if (before != null && now.saysTheSameAs(before) && nanos - saidAt < REPEAT_NANOS) {
                    return Optional.empty();
                }
                before = now;
                saidAt = nanos;
                return Optional.of(now);
            }
        };
    }

    private StateView view(List<Answered<NodeState>> syncs, List<Answered<StoreStatus>> stores) {
        return new StateView(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                lab,
                RingView.of(syncs),
                StoreView.of(stores),
                gateway.underWay(WAITING_SHOWN));
    }
}
