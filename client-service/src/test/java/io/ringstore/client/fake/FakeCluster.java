package io.ringstore.client.fake;

import io.ringstore.api.SyncApi;
import io.ringstore.client.node.NodeClients;
import io.ringstore.link.NodeAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Five sync nodes and a store behind all three store nodes. */
public final class FakeCluster implements NodeClients {

    public final FakeStore store = new FakeStore();
    public final List<FakeSync> syncs = IntStream.range(0, 5)
            .mapToObj(index -> new FakeSync(index, store::commit))
            .toList();

    /** All nodes work again. */
    public void heal() {
        store.failsWith(null);
        store.compactTo(0);
        syncs.forEach(sync -> sync.does(store::commit));
    }

    @Override
    public <T> T proxy(Class<T> contract, NodeAddress node, Duration connect, Duration answer) {
        int index = node.id().charAt(node.id().length() - 1) - '0';
        Object end = contract == SyncApi.class ? syncs.get(index) : store;
        return contract.cast(end);
    }
}
