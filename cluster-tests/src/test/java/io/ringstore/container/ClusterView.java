package io.ringstore.container;

import io.ringstore.api.LogPage;
import io.ringstore.api.StoreStatus;
import io.ringstore.history.Logged;
import io.ringstore.process.LoggedRecords;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the cluster says of itself: the gateway by its published port, store nodes from inside their containers. */
final class ClusterView {

    static final List<String> STORES = List.of("store-0", "store-1", "store-2");

    private static final Duration CONVERGENCE = Duration.ofSeconds(60);
    private static final int LOG_PAGE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** No port of a store node is published and its image has no curl. */
    private static final String ASK = """
            exec 3<>/dev/tcp/127.0.0.1/8200
            printf 'GET %s HTTP/1.0\\r\\nRingstore-Secret: %s\\r\\nAccept: application/json\\r\\n\\r\\n' "$1" "$(</run/ringstore/ringstore.secret)" >&3
            while read -r line <&3 && [[ $line != $'\\r' ]]; do :; done
            cat <&3
            """;

    private final ComposeCluster cluster;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    ClusterView(ComposeCluster cluster) {
        this.cluster = cluster;
    }

    /** The sync node that the ring's newest fence names. */
    String holder() throws IOException, InterruptedException {
        return gateway("/v1/ring").get("holder").asString();
    }

    String primary() {
        return Awaitility.await().atMost(CONVERGENCE).ignoreExceptions().until(this::primaryNow, Objects::nonNull);
    }

    private @Nullable String primaryNow() throws IOException, InterruptedException {
        for (JsonNode store : gateway("/v1/cluster").get("store")) {
            if ("PRIMARY".equals(store.get("role").asString())) {
                return store.get("id").asString();
            }
        }
        return null;
    }

    String backup() {
        String primary = primary();
        return STORES.stream()
                .filter(store -> !store.equals(primary))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the gateway has noticed that a node is gone: a fault that took no effect proves nothing. */
    void awaitGone(String... nodes) {
        for (String node : nodes) {
            Awaitility.await().atMost(CONVERGENCE).ignoreExceptions().until(() -> !isUp(node));
        }
    }

    void awaitBack(String... nodes) {
        for (String node : nodes) {
            Awaitility.await().atMost(CONVERGENCE).ignoreExceptions().until(() -> isUp(node));
        }
    }

    private boolean isUp(String node) throws IOException, InterruptedException {
        JsonNode all = gateway("/v1/cluster").get(node.substring(0, node.indexOf('-')));
        for (JsonNode one : all) {
            if (one.get("id").asString().equals(node)) {
                return one.get("status").asString().equals("UP");
            }
        }
        throw new IllegalArgumentException("the gateway does not know " + node);
    }

    /** The greatest revision in the log. */
    long lastRevision() throws IOException, InterruptedException {
        return gateway("/v1/log?from=1&limit=1").get("last").asLong();
    }

    private JsonNode gateway(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(cluster.gateway().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** The whole log as each replica has it on its own disk, once all have applied the same. */
    Map<String, List<Logged>> logs() throws IOException, InterruptedException {
        Awaitility.await().atMost(CONVERGENCE).ignoreExceptions().until(this::sameStateEverywhere);
        Map<String, List<Logged>> logs = new LinkedHashMap<>();
        for (String store : STORES) {
            logs.put(store, log(store));
        }
        return logs;
    }

    private boolean sameStateEverywhere() throws IOException, InterruptedException {
        List<StoreStatus> all = new ArrayList<>();
        for (String store : STORES) {
            all.add(ask(store, "/store/status", StoreStatus.class));
        }
        return all.stream().map(StoreStatus::applied).distinct().count() == 1
                && all.stream().map(StoreStatus::stateHash).distinct().count() == 1;
    }

    private List<Logged> log(String store) throws IOException, InterruptedException {
        List<Logged> log = new ArrayList<>();
        while (true) {
            String path = "/store/log?from=%d&limit=%d&consistency=local".formatted(LoggedRecords.next(log), LOG_PAGE);
            LogPage page = ask(store, path, LogPage.class);
            page.records().forEach(record -> log.add(LoggedRecords.logged(record)));
            if (page.records().isEmpty() || LoggedRecords.next(log) > page.last()) {
                return log;
            }
        }
    }

    private <T> T ask(String store, String path, Class<T> answer) throws IOException, InterruptedException {
        return JSON.readValue(cluster.bash(store, ASK, path), answer);
    }
}
