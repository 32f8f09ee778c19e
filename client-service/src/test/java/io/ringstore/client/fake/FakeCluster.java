package io.ringstore.client.fake;

import io.ringstore.api.SyncApi;
import io.ringstore.client.node.NodeClients;
import io.ringstore.link.NodeAddress;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;

/** Five sync nodes and a store behind all three store nodes. */
public final class FakeCluster implements NodeClients {

    public final FakeStore store = new FakeStore();
    public final List<FakeSync> syncs = IntStream.range(0, 5)
            .mapToObj(index -> new FakeSync(index, store::commit))
            .toList();

    private volatile Supplier<MockClientHttpResponse> backup = FakeCluster::busy;

    /** All nodes work again. */
    public void heal() {
        store.failsWith(null);
        store.compactTo(0);
        backup = FakeCluster::busy;
        syncs.forEach(sync -> sync.does(store::commit));
    }

    @Override
    public <T> T proxy(Class<T> contract, NodeAddress node, Duration connect, Duration answer) {
        int index = node.id().charAt(node.id().length() - 1) - '0';
        Object end = contract == SyncApi.class ? syncs.get(index) : store;
        return contract.cast(end);
    }

    /** Nodes 0 and 1 give no backup, node 2 does as it is told. */
    @Override
    public RestClient rest(NodeAddress node, Duration connect, Duration silence) {
        return RestClient.builder()
                .baseUrl(node.uri())
                .requestFactory((uri, method) -> {
                    var request = new MockClientHttpRequest(method, uri);
                    request.setResponse(node.id().equals("store-2") ? backup.get() : busy());
                    return request;
                })
                .build();
    }

    private static MockClientHttpResponse busy() {
        return new MockClientHttpResponse(new byte[0], HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** A backup as node 2 would give it. */
    public static MockClientHttpResponse backupOf(InputStream content, long length) {
        var answer = new MockClientHttpResponse(content, HttpStatus.OK);
        answer.getHeaders().setContentLength(length);
        answer.getHeaders().set("Ringstore-Revision", "42");
        answer.getHeaders().set("Ringstore-State-Hash", "00000000000000ff");
        return answer;
    }

    /** What node 2 answers to who wants a backup. */
    public void backup(Supplier<MockClientHttpResponse> answer) {
        backup = answer;
    }
}
