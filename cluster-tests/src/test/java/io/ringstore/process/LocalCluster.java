package io.ringstore.process;

import io.ringstore.api.LogPage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreStatus;
import io.ringstore.history.History;
import io.ringstore.history.Logged;
import io.ringstore.history.Observation;
import io.ringstore.history.Others;
import io.ringstore.link.ClusterSecret;
import io.ringstore.link.NodeAddress;
import io.ringstore.link.PeerClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Three store nodes, five sync nodes and a gateway as processes, with handles to hurt them. */
public final class LocalCluster {

    static final int STORES = 3;
    static final int SYNCS = 5;

    private static final Duration CONVERGENCE = Duration.ofSeconds(60);
    private static final int LOG_PAGE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Launcher launcher;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final List<Observation> seen = new ArrayList<>();

    LocalCluster(Path home) throws IOException {
        launcher = new Launcher(home);
        launcher.set("RINGSTORE_LAB_ENABLED", "true");
        // So that every sync node has requests, and the token travels.
        launcher.set("RINGSTORE_GATEWAY_CHOICE", "round-robin");
    }

    void up() throws IOException, InterruptedException {
        launcher.run("up");
    }

    void down() throws IOException, InterruptedException {
        launcher.run("down");
    }

    /** A command of the launcher, and what it printed. */
    String launcher(String... arguments) throws IOException, InterruptedException {
        return launcher.run(arguments);
    }

    public void kill(String node) throws IOException, InterruptedException {
        launcher.run("kill", node);
    }

    /** As {@link #kill}, without the time that a launcher takes. */
    public void killAtOnce(String node) throws IOException {
        ProcessHandle process = ProcessHandle.of(launcher.pid(node)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Makes it a ring of so many sync nodes. */
    void resize(int syncs) throws IOException, InterruptedException {
        launcher.run("resize", String.valueOf(syncs));
    }

    public void stop(String node) throws IOException, InterruptedException {
        launcher.run("stop", node);
    }

    public void start(String node) throws IOException, InterruptedException {
        launcher.run("start", node);
    }

    public void pause(String node) throws IOException, InterruptedException {
        launcher.run("pause", node);
    }

    public void resume(String node) throws IOException, InterruptedException {
        launcher.run("resume", node);
    }

    /** Whether the operating system knows the process of a node. */
    boolean isAlive(String node) throws IOException {
        return ProcessHandle.of(launcher.pid(node)).map(ProcessHandle::isAlive).orElse(false);
    }

    boolean isPaused(String node) throws IOException, InterruptedException {
        return launcher.run("status").lines().anyMatch(row -> row.startsWith(node) && row.contains("paused"));
    }

    String log(String node) throws IOException {
        return launcher.log(node);
    }

    /** The failpoints of a node. */
    Failpoints failpoints(String node) throws IOException {
        int index = Integer.parseInt(node.substring(node.indexOf('-') + 1));
        int port = node.startsWith("sync") ? launcher.syncPort(index) : launcher.storePort(index);
        return new Failpoints(http, URI.create("http://127.0.0.1:" + port), launcher.secret());
    }

    public URI gateway() {
        return gateway(0);
    }

    private URI gateway(int index) {
        return URI.create("http://127.0.0.1:" + (launcher.clientPort() + index));
    }

    /** Starts {@code client-1}, which is one of the cluster's nodes until it is taken away. */
    URI addGateway() throws IOException, InterruptedException {
        launcher.set("RINGSTORE_GATEWAYS", "2");
        launcher.run("up");
        return gateway(1);
    }

    /** As {@link #addGateway}, but it lets in those only who have one of the tokens in this file. */
    public URI addGateway(Path tokens) throws IOException, InterruptedException {
        launcher.set("RINGSTORE_GATEWAYS", "2");
        launcher.set("RINGSTORE_ACCESS_TOKENS", tokens.toString());
        launcher.run("start", "client-1");
        return gateway(1);
    }

    public void takeGatewayAway() throws IOException, InterruptedException {
        launcher.run("stop", "client-1");
        launcher.unset("RINGSTORE_GATEWAYS");
        launcher.unset("RINGSTORE_ACCESS_TOKENS");
    }

    /** The sync node that the ring's newest fence names. */
    String holder() throws IOException, InterruptedException {
        return view("/v1/ring").get("holder").asString();
    }

    /** The newest {@code epoch} or {@code hop} that any sync node has seen. */
    long ring(String what) throws IOException, InterruptedException {
        return view("/v1/ring").get(what).asLong();
    }

    /** A store node that is not the primary. */
    String backup() {
        return primary().equals("store-1") ? "store-2" : "store-1";
    }

    String primary() {
        return Awaitility.await().atMost(CONVERGENCE).until(this::primaryNow, Objects::nonNull);
    }

    private @Nullable String primaryNow() throws IOException, InterruptedException {
        for (JsonNode store : view("/v1/cluster").get("store")) {
            if ("PRIMARY".equals(store.get("role").asString())) {
                return store.get("id").asString();
            }
        }
        return null;
    }

    JsonNode view(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Asks the gateway's lab for something. */
    public JsonNode lab(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Waits until all replicas have applied the same and say so by the same state hash, which it returns. */
    String awaitSameStateEverywhere() throws IOException {
        List<StoreApi> stores = stores();
        return Awaitility.await()
                .atMost(CONVERGENCE)
                .ignoreExceptions()
                .until(() -> commonState(stores), Objects::nonNull);
    }

    private static @Nullable String commonState(List<StoreApi> stores) {
        List<StoreStatus> all = stores.stream().map(StoreApi::status).toList();
        boolean same = all.stream().map(StoreStatus::applied).distinct().count() == 1
                && all.stream().map(StoreStatus::stateHash).distinct().count() == 1;
        return same ? all.getFirst().stateHash() : null;
    }

    /** The whole log as each replica has it on its own disk. */
    Map<String, List<Logged>> logs() throws IOException {
        awaitSameStateEverywhere();
        Map<String, List<Logged>> logs = new LinkedHashMap<>();
        List<StoreApi> stores = stores();
        for (int i = 0; i < stores.size(); i++) {
            logs.put("store-" + i, log(stores.get(i)));
        }
        return logs;
    }

    /** Takes what clients saw into the history of this cluster, which is judged as a whole: its log is never emptied. */
    void remember(List<Observation> observations) {
        seen.addAll(observations);
    }

    /** Takes what others than our clients wrote since then for asked for, so that it is no phantom to later judgements. */
    public void adopt(long since) throws IOException {
        seen.addAll(Others.writes(seen, Objects.requireNonNull(logs().get("store-0")), since));
    }

    public long lastRevision() throws IOException, InterruptedException {
        return view("/v1/log?from=1&limit=1").get("last").asLong();
    }

    /** Everything any client saw since this cluster was made, and the logs as they are now. */
    History history() throws IOException {
        return new History(List.copyOf(seen), logs());
    }

    private static List<Logged> log(StoreApi store) {
        List<Logged> log = new ArrayList<>();
        while (true) {
            LogPage page = store.log(LoggedRecords.next(log), LOG_PAGE, "local");
            page.records().forEach(record -> log.add(LoggedRecords.logged(record)));
            if (page.records().isEmpty()) {
                return log;
            }
        }
    }

    private List<StoreApi> stores() throws IOException {
        PeerClients clients = new PeerClients(RestClient.builder(), new ClusterSecret(launcher.secret()));
        List<StoreApi> stores = new ArrayList<>();
        for (int i = 0; i < STORES; i++) {
            NodeAddress address =
                    new NodeAddress("store-" + i, URI.create("http://127.0.0.1:" + launcher.storePort(i)));
            stores.add(clients.proxy(StoreApi.class, address, Duration.ofSeconds(2), Duration.ofSeconds(10)));
        }
        return stores;
    }
}
