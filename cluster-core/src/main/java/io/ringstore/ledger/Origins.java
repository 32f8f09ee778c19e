package io.ringstore.ledger;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.LedgerCommand.Batch;
import java.util.HashMap;
import java.util.Map;

/** Makes the origins of what is written; they share the few nodes there are, since they are kept by the ten thousand. */
final class Origins {

    private final Map<NodeId, NodeId> stores = new HashMap<>();

    Origin of(Batch batch, RingConfig config, long storeTime, Stamp stamp) {
        int position = config.indexOf(batch.node());
        return new Origin(
                batch.fence(),
                position < 0 ? batch.node() : config.nodes().get(position),
                position,
                storeTime,
                shared(stamp.via()),
                shared(stamp.primary()),
                stamp.term());
    }

    private NodeId shared(NodeId store) {
        NodeId known = stores.putIfAbsent(store, store);
        return known == null ? store : known;
    }
}
