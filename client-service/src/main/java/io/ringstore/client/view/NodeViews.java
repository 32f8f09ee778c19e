package io.ringstore.client.view;

import io.ringstore.api.NodeState;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreStatus;
import io.ringstore.api.SyncApi;
import io.ringstore.client.node.Answered;
import io.ringstore.client.node.NodeClients;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks every node how it is, all at once and not for long; who does not answer is listed all the same. */
@Component
class NodeViews implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private final List<Asked<SyncApi>> syncs;
    private final List<Asked<StoreApi>> stores;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    NodeViews(ClusterProperties cluster, NodeClients clients) {
        syncs = cluster.syncNodes().stream()
                .map(node -> new Asked<>(node, clients.proxy(SyncApi.class, node, CONNECT, ANSWER)))
                .toList();
        stores = cluster.storeNodes().stream()
                .map(node -> new Asked<>(node, clients.proxy(StoreApi.class, node, CONNECT, ANSWER)))
                .toList();
    }

    private record Asked<T>(NodeAddress address, T api) {}

    List<Answered<NodeState>> syncNodes() {
        return all(syncs.stream()
                .map(node -> answer(node.address(), node.api()::state))
                .toList());
    }

    List<Answered<StoreStatus>> storeNodes() {
        return all(storeQuestions().stream().map(Supplier::get).toList());
    }

    /** Asks a store node when it is asked for, each by itself. */
    List<Supplier<Future<Answered<StoreStatus>>>> storeQuestions() {
        return stores.stream()
                .<Supplier<Future<Answered<StoreStatus>>>>map(node -> () -> answer(node.address(), node.api()::status))
                .toList();
    }

    private <T> Future<Answered<T>> answer(NodeAddress node, Supplier<@Nullable T> question) {
        return threads.submit(() -> Answered.to(node.id(), question));
    }

    /** Waits for every answer. */
    static <T> List<Answered<T>> all(List<Future<Answered<T>>> questions) {
        List<Answered<T>> answers = new ArrayList<>();
        for (Future<Answered<T>> question : questions) {
            try {
                answers.add(question.get());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking the nodes", interrupted);
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("a question does not fail", impossible);
            }
        }
        return answers;
    }

    @Override
    public void close() {
        threads.close();
    }
}
