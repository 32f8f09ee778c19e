package io.ringstore.client.lab;

import io.ringstore.api.NodeState;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreStatus;
import io.ringstore.api.SyncApi;
import io.ringstore.client.node.NodeClients;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** Reaches nodes as their peers do, and their switches with the cluster's secret. */
final class HttpNodes implements Nodes {

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final List<String> WITH_TOKEN = List.of("CRITICAL", "HOLDING", "PARKED");

    private final Map<String, SyncApi> syncs = new LinkedHashMap<>();
    private final Map<String, StoreApi> stores = new LinkedHashMap<>();
    private final Map<String, RestClient> switches = new LinkedHashMap<>();
    private final Starter starter;

    HttpNodes(ClusterProperties cluster, NodeClients clients, Starter starter) {
        this.starter = starter;
        cluster.syncNodes().forEach(node -> syncs.put(node.id(), clients.proxy(SyncApi.class, node, CONNECT, ANSWER)));
        cluster.storeNodes()
                .forEach(node -> stores.put(node.id(), clients.proxy(StoreApi.class, node, CONNECT, ANSWER)));
        Stream.concat(cluster.syncNodes().stream(), cluster.storeNodes().stream())
                .forEach(node -> switches.put(node.id(), rest(clients, node)));
    }

    private static RestClient rest(NodeClients clients, NodeAddress node) {
        return clients.rest(node, CONNECT, ANSWER);
    }

    Map<String, StoreApi> storeClients() {
        return stores;
    }

    @Override
    public List<String> syncs() {
        return List.copyOf(syncs.keySet());
    }

    @Override
    public List<String> stores() {
        return List.copyOf(stores.keySet());
    }

    @Override
    public String holder() {
        List<NodeState> states = syncs.values().stream()
                .map(sync -> answerOf(sync, SyncApi::state))
                .filter(Objects::nonNull)
                .toList();
        Comparator<NodeState> byFence = Comparator.<NodeState>comparingLong(
                        state -> state.seen().epoch())
                .thenComparingLong(state -> state.seen().hop());
        return states.stream()
                .filter(state -> WITH_TOKEN.contains(state.phase()))
                .max(byFence)
                .or(() -> states.stream().max(byFence))
                .map(NodeState::id)
                .orElseThrow(() -> new Failure("no sync node answers"));
    }

    @Override
    public String primary() {
        return stores.entrySet().stream()
                .filter(store -> {
                    StoreStatus status = answerOf(store.getValue(), StoreApi::status);
                    return status != null && status.role().equals("PRIMARY");
                })
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new Failure("no store node leads"));
    }

    private static <A, T> @Nullable T answerOf(A node, Function<A, @Nullable T> question) {
        try {
            return question.apply(node);
        } catch (RestClientException silent) {
            return null;
        }
    }

    /** Of a problem document. */
    private record Refusal(@Nullable String detail) {}

    /** How a failpoint is to be set. */
    private record Fault(String action, int count, long millis) {}

    @Override
    public void arm(String node, String point, String action, int count, Duration length) {
        try {
            switchesOf(node)
                    .post()
                    .uri("/actuator/failpoints/{point}", point)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new Fault(action, count, length.toMillis()))
                    .retrieve()
                    .toBodilessEntity();
        } catch (RestClientResponseException refused) {
            throw new Failure(node + " cannot be hurt at " + point + ": " + why(refused));
        } catch (ResourceAccessException diedOrFroze) {
            // whoever armed it looks for what happened
        }
    }

    private static String why(RestClientResponseException refused) {
        Refusal refusal =
                refused.getStatusCode() == HttpStatus.NOT_FOUND ? null : refused.getResponseBodyAs(Refusal.class);
        return refusal == null || refusal.detail() == null
                ? refused.getStatusCode() + "; is it in the lab?"
                : refusal.detail();
    }

    @Override
    public void disarm(String node, String point) {
        switchesOf(node)
                .delete()
                .uri("/actuator/failpoints/{point}", point)
                .retrieve()
                .toBodilessEntity();
    }

    /** One failpoint as its node shows it. */
    private record Shown(String name, int acted) {}

    @Override
    public int acted(String node, String point) {
        Shown[] all =
                switchesOf(node).get().uri("/actuator/failpoints").retrieve().body(Shown[].class);
        return Stream.of(Objects.requireNonNull(all))
                .filter(shown -> shown.name().equals(point))
                .mapToInt(Shown::acted)
                .findFirst()
                .orElse(0);
    }

    @Override
    public Health health(String node) {
        try {
            switchesOf(node).get().uri("/actuator/health/readiness").retrieve().toBodilessEntity();
            return Health.READY;
        } catch (RestClientResponseException unwell) {
            return Health.NOT_READY;
        } catch (ResourceAccessException unreachable) {
            return unreachable.getCause() instanceof SocketTimeoutException ? Health.SILENT : Health.GONE;
        }
    }

    @Override
    public boolean canStart() {
        return starter.canStart();
    }

    @Override
    public void start(String node) {
        switchesOf(node);
        starter.start(node);
    }

    private RestClient switchesOf(String node) {
        RestClient found = switches.get(node);
        if (found == null) {
            throw new Failure("no such node: " + node);
        }
        return found;
    }
}
