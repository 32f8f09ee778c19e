package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.api.LogPage;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreStatus;
import io.ringstore.link.ClusterSecret;
import io.ringstore.link.NodeAddress;
import io.ringstore.link.PeerClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Three store nodes on loopback, each with a disk of its own below one directory. */
final class StoreCluster implements AutoCloseable {

    static final String SECRET = "a secret of 16 and more";
    static final int SIZE = 3;
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** JVMs that run tests side by side are told ports of their own. */
    private static final int FIRST_PORT = Integer.getInteger("ringstore.test.first-port", 10_000);

    private static final int LAST_PORT = FIRST_PORT + 1_000;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(FIRST_PORT);

    private static final RestClient HEALTH = RestClient.create();

    private final Path directory;
    private final List<String> settings;
    private final List<NodeAddress> nodes = new ArrayList<>();
    private final List<StoreApi> stores = new ArrayList<>();
    private final Map<Integer, AutoCloseable> running = new TreeMap<>();

    /** @param settings of every node, beyond those that all tests have */
    StoreCluster(Path directory, String... settings) throws IOException {
        this.directory = directory;
        this.settings = List.of(settings);
        var clients = new PeerClients(RestClient.builder(), new ClusterSecret(SECRET));
        for (int i = 0; i < SIZE; i++) {
            var node = new NodeAddress("store-" + i, URI.create("http://127.0.0.1:" + freePort()));
            nodes.add(node);
            stores.add(clients.proxy(StoreApi.class, node, Duration.ofMillis(200), Duration.ofSeconds(5)));
        }
    }

    /** Free just now, not one that the system gives to outgoing connections, and never given twice while tests run. */
    private static int freePort() throws IOException {
        int port = NEXT_PORT.getAndIncrement();
        while (port < LAST_PORT && !isFree(port)) {
            port = NEXT_PORT.getAndIncrement();
        }
        if (port >= LAST_PORT) {
            throw new IOException("no free port below " + LAST_PORT);
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    void startAll() {
        for (int i = 0; i < SIZE; i++) {
            if (!running.containsKey(i)) {
                start(i);
            }
        }
    }

    /** In this JVM; returns when it listens. */
    void start(int index) {
        start(index, _ -> {});
    }

    /** In this JVM, with a wall clock of its own. */
    void start(int index, InstantSource clock) {
        start(index, context -> context.registerBean(InstantSource.class, () -> clock));
    }

    /** In this JVM, with something of its own. */
    void start(int index, ApplicationContextInitializer<GenericApplicationContext> own) {
        running.put(
                index,
                new SpringApplicationBuilder(StoreApplication.class)
                        .initializers(own)
                        .run(arguments(index).toArray(String[]::new)));
    }

    /** Of a node in this JVM. */
    ApplicationContext context(int index) {
        return (ApplicationContext) Objects.requireNonNull(running.get(index));
    }

    /** In a JVM of its own; returns at once. */
    void spawn(int index) throws IOException {
        spawn(index, Map.of());
    }

    /** As above, with something in its environment. */
    void spawn(int index, Map<String, String> environment) throws IOException {
        running.put(index, StoreProcess.start("store-" + index, arguments(index), environment));
    }

    private List<String> arguments(int index) {
        NodeAddress node = nodes.get(index);
        String all = nodes.stream().map(each -> each.id() + "=" + each.uri()).collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + node.uri().getPort(),
                "--server.shutdown=immediate",
                "--spring.main.banner-mode=off",
                "--spring.main.register-shutdown-hook=false",
                "--logging.level.root=WARN",
                "--logging.level.org.apache.ratis=ERROR",
                "--ringstore.node=" + node.id(),
                "--ringstore.secret=" + SECRET,
                "--ringstore.sync-nodes=sync-0=http://127.0.0.1:1",
                "--ringstore.store-nodes=" + all,
                "--ringstore.store.data=" + disk(index),
                // So little that snapshots, purges and installations happen within a test.
                "--ringstore.store.snapshot-after=300",
                "--ringstore.store.segment-size=100KB",
                "--ringstore.store.history-segment-size=200KB",
                "--ringstore.store.commit-timeout=1s",
                "--ringstore.store.read-timeout=1s"));
        arguments.addAll(settings);
        return arguments;
    }

    /** Ends a node: in this JVM in good order, a process as {@code kill -9}. */
    void stop(int index) {
        AutoCloseable stopping = running.remove(index);
        if (stopping != null) {
            try {
                stopping.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void stopAll() {
        List.copyOf(running.keySet()).forEach(this::stop);
    }

    Path disk(int index) {
        return directory.resolve("store-" + index);
    }

    URI address(int index) {
        return nodes.get(index).uri();
    }

    StoreApi store(int index) {
        return stores.get(index);
    }

    /** The running node that takes itself for the primary and is taken for it by all others. */
    int awaitPrimary() {
        return Awaitility.await("a primary that all agree on")
                .atMost(PATIENCE)
                .until(this::agreedPrimary, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Integer> agreedPrimary() {
        List<String> named = running.keySet().stream()
                .map(index ->
                        String.valueOf(status(index).map(StoreStatus::primary).orElse(null)))
                .distinct()
                .toList();
        return running.keySet().stream()
                .filter(index -> named.equals(List.of("store-" + index)))
                .filter(index -> status(index).orElseThrow().role().equals("PRIMARY"))
                .findFirst();
    }

    /** Another running node than this one: who leads may change between two questions. */
    int anyBeside(int node) {
        return running.keySet().stream()
                .filter(index -> index != node)
                .findFirst()
                .orElseThrow();
    }

    Optional<StoreStatus> status(int index) {
        try {
            return Optional.of(stores.get(index).status());
        } catch (RestClientException e) {
            return Optional.empty();
        }
    }

    /** Every replica that runs applied the same and has the same state (P9). */
    void awaitSameStateEverywhere() {
        awaitPrimary();
        Awaitility.await("the same state everywhere")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(running.keySet().stream()
                                .map(index -> status(index).orElseThrow())
                                .map(status -> status.applied() + " " + status.revision() + " " + status.stateHash())
                                .distinct())
                        .hasSize(1));
    }

    /** Revisions by request id, from this node alone; fails if an id stands there twice. */
    Map<String, Long> logOf(int index) {
        Map<String, Long> revisions = new HashMap<>();
        for (long from = 1; ; ) {
            LogPage page = stores.get(index).log(from, 1_000, "local");
            for (RecordMessage record : page.records()) {
                assertThat(revisions.put(record.requestId(), record.revision()))
                        .as("another revision of %s", record.requestId())
                        .isNull();
                from = record.revision() + 1;
            }
            if (page.records().isEmpty()) {
                return revisions;
            }
        }
    }

    /** Whether the node takes part, as its readiness says. */
    boolean isReady(int index) {
        return isUp(index, "readiness");
    }

    /** Whether a restart would not help, as its liveness says. */
    boolean isLive(int index) {
        return isUp(index, "liveness");
    }

    private boolean isUp(int index, String probe) {
        try {
            return HEALTH.get()
                    .uri(address(index).resolve("/actuator/health/" + probe))
                    .retrieve()
                    .toBodilessEntity()
                    .getStatusCode()
                    .is2xxSuccessful();
        } catch (RestClientException e) {
            return false;
        }
    }

    /** A counter or gauge of a node in this JVM. */
    double metric(int index, String name) {
        return bean(index, MeterRegistry.class)
                .get(name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    <T> T bean(int index, Class<T> type) {
        if (running.get(index) instanceof ConfigurableApplicationContext context) {
            return context.getBean(type);
        }
        throw new IllegalStateException("store-" + index + " does not run in this JVM");
    }

    StoreProcess process(int index) {
        if (running.get(index) instanceof StoreProcess process) {
            return process;
        }
        throw new IllegalStateException("store-" + index + " has no process");
    }

    @Override
    public void close() {
        stopAll();
    }
}
