package io.ringstore.container;

import io.ringstore.process.Command;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The project's {@code docker-compose.yml}, with a name, a port and images of its own so that it disturbs nobody. */
final class ComposeCluster {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BUILD_PATIENCE = Duration.ofMinutes(6);

    private final String project = "ringstore-test-" + ProcessHandle.current().pid();
    private final int port = freePort();
    private final int prometheusPort = freePort();
    private final Command command = new Command(Map.of(
            "COMPOSE_PROJECT_NAME",
            project,
            "RINGSTORE_CLIENT_PORT",
            String.valueOf(port),
            "RINGSTORE_PROMETHEUS_PORT",
            String.valueOf(prometheusPort),
            "RINGSTORE_VERSION",
            "test",
            "JARS",
            "prebuilt"));

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    URI gateway() {
        return URI.create("http://127.0.0.1:" + port);
    }

    URI prometheus() {
        return URI.create("http://127.0.0.1:" + prometheusPort);
    }

    /** Makes the images of the sources as they are; the next {@link #up} starts from them. */
    void build() throws IOException, InterruptedException {
        command.run(BUILD_PATIENCE, List.of("./ringstore", "build"));
        command.run(BUILD_PATIENCE, List.of("docker", "compose", "build"));
    }

    /** Starts what is not running, as a user would, and waits until all of it is healthy. */
    void up() throws IOException, InterruptedException {
        command.run(BUILD_PATIENCE, List.of("docker", "compose", "up", "--detach", "--wait"));
    }

    /** Starts Prometheus besides. */
    void upWithMonitoring() throws IOException, InterruptedException {
        command.run(
                BUILD_PATIENCE, List.of("docker", "compose", "--profile", "monitoring", "up", "--detach", "--wait"));
    }

    /** Waits until every node that runs has found its way back, as each must by itself. */
    void awaitNobodyUnhealthy() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> docker(
                                "ps",
                                "--filter",
                                "label=com.docker.compose.project=" + project,
                                "--filter",
                                "health=unhealthy",
                                "-q")
                        .isEmpty());
    }

    /** Removes all containers and networks; volumes stay. */
    void down() throws IOException, InterruptedException {
        compose("--profile", "monitoring", "down");
    }

    /** Removes everything but the images. */
    void remove() throws IOException, InterruptedException {
        compose("--profile", "monitoring", "down", "--volumes", "--timeout", "5");
    }

    void kill(String... nodes) throws IOException, InterruptedException {
        compose("kill", nodes);
    }

    void start(String... nodes) throws IOException, InterruptedException {
        compose("start", nodes);
    }

    void stop(String... nodes) throws IOException, InterruptedException {
        compose("stop", nodes);
    }

    void restart(String... nodes) throws IOException, InterruptedException {
        compose("restart", nodes);
    }

    void pause(String... nodes) throws IOException, InterruptedException {
        compose("pause", nodes);
    }

    void unpause(String... nodes) throws IOException, InterruptedException {
        compose("unpause", nodes);
    }

    private void compose(String first, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("docker", "compose", first));
        all.addAll(List.of(arguments));
        command.run(PATIENCE, all);
    }

    /** Pulls the node's cable: nobody reaches it, it reaches nobody, and its name is gone. */
    void disconnect(String node) throws IOException, InterruptedException {
        docker("network", "disconnect", project + "_ring", container(node));
    }

    void connect(String node) throws IOException, InterruptedException {
        docker("network", "connect", "--alias", node, project + "_ring", container(node));
    }

    /** From now on the node hears nothing from other nodes, though they hear it. */
    void deafen(String node) throws IOException, InterruptedException {
        iptables(node, "--append", "INPUT", "!", "--in-interface", "lo", "--jump", "DROP");
    }

    /** From now on other nodes hear nothing from the node, though it hears them. */
    void mute(String node) throws IOException, InterruptedException {
        iptables(node, "--append", "OUTPUT", "!", "--out-interface", "lo", "--jump", "DROP");
    }

    /**
     * From now on each packet that others send to the node is lost with this probability, and what it sends waits in a
     * queue behind a thin wire.
     */
    void worsen(String node, double loss) throws IOException, InterruptedException {
        iptables(
                node,
                "--append INPUT ! --in-interface lo --match statistic --mode random --probability %s --jump DROP"
                        .formatted(loss)
                        .split(" ", -1));
        inNetworkOf(node, "tc qdisc replace dev eth0 root tbf rate 1mbit burst 4kb latency 400ms".split(" ", -1));
    }

    /** How many packets were dropped on their way to the node. */
    long lostPackets(String node) throws IOException, InterruptedException {
        String counters = iptables(node, "--list", "INPUT", "--verbose", "--exact", "--numeric");
        return counters.lines()
                .filter(rule -> rule.contains("DROP"))
                .mapToLong(rule -> Long.parseLong(rule.strip().split(" +", 2)[0]))
                .sum();
    }

    /** Takes back {@link #worsen}. */
    void mend(String node) throws IOException, InterruptedException {
        heal(node);
        inNetworkOf(node, "tc", "qdisc", "delete", "dev", "eth0", "root");
    }

    /** Takes back {@link #deafen} and {@link #mute}; Docker's own rules for names are in another table. */
    void heal(String node) throws IOException, InterruptedException {
        iptables(node, "--flush");
    }

    private String iptables(String node, String... rule) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("iptables"));
        all.addAll(List.of(rule));
        return inNetworkOf(node, all.toArray(String[]::new));
    }

    /** Runs a program of this machine as if in the node's container, as far as the network is concerned. */
    private String inNetworkOf(String node, String... program) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net", "--target", inspect(node, "{{.State.Pid}}")));
        all.addAll(List.of(program));
        return command.run(PATIENCE, all);
    }

    /** What Docker knows of a node's container, by a Go template. */
    String inspect(String node, String format) throws IOException, InterruptedException {
        return docker("inspect", "--format", format, container(node)).strip();
    }

    /** Starts of containers and their getting healthy since then, in order: {@code start sync-1}, {@code healthy sync-1}. */
    List<String> events(Instant since) throws IOException, InterruptedException {
        String printed = docker(
                "events",
                "--since",
                since.toString(),
                "--until",
                Instant.now().toString(),
                "--filter",
                "label=com.docker.compose.project=" + project,
                "--format",
                "{{.Action}} {{index .Actor.Attributes \"com.docker.compose.service\"}}");
        return printed.lines()
                .map(line -> line.replace("health_status: ", ""))
                .filter(line -> line.startsWith("start ") || line.startsWith("healthy "))
                .toList();
    }

    /** Runs a script of bash in the node's container. */
    String bash(String node, String script, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        all.addAll(List.of(arguments));
        return exec(node, all.toArray(String[]::new));
    }

    /** Runs a program in the node's container. */
    String exec(String node, String... program) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("exec", container(node)));
        all.addAll(List.of(program));
        return docker(all.toArray(String[]::new));
    }

    private String docker(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(arguments));
        return command.run(PATIENCE, all);
    }

    private String container(String node) {
        return project + "-" + node + "-1";
    }
}
