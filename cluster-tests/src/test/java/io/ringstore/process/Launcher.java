package io.ringstore.process;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The {@code ringstore} script with a home and ports of its own, so that it disturbs no other cluster. */
final class Launcher {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int PORTS_NEEDED = 200;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(21_000);

    /** Tests run in the folder of their module. */
    private final Path project = Path.of("..").toAbsolutePath().normalize();

    private final Path home;
    private final int firstPort;
    private final Map<String, String> more = new HashMap<>();

    Launcher(Path home) throws IOException {
        this.home = home;
        this.firstPort = freePorts();
    }

    /** A stretch of ports whose first, middle and last ones are free just now, and that no other launcher was given. */
    private static int freePorts() throws IOException {
        int first = NEXT_PORT.getAndAdd(PORTS_NEEDED);
        while (first < 32_000) {
            if (isFree(first) && isFree(first + 100) && isFree(first + 150)) {
                return first;
            }
            first = NEXT_PORT.getAndAdd(PORTS_NEEDED);
        }
        throw new IOException("no free ports between 21000 and 32000");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    int clientPort() {
        return firstPort;
    }

    int syncPort(int index) {
        return firstPort + 100 + index;
    }

    int storePort(int index) {
        return firstPort + 150 + index;
    }

    /** Behind the ports of as many gateways as a test may want. */
    int managementPort() {
        return firstPort + 50;
    }

    /** Where {@code run} finds the process of a node that it started. */
    long pid(String node) throws IOException {
        return Long.parseLong(
                Files.readString(home.resolve("pids").resolve(node)).strip());
    }

    /** What a node has logged since it was started last. */
    String log(String node) throws IOException {
        return Files.readString(home.resolve("logs").resolve(node + ".log"));
    }

    String secret() throws IOException {
        return Files.readString(home.resolve("secret")).strip();
    }

    /** Runs one command of the launcher; returns what it printed, or fails with that if the exit code is not 0. */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(project.resolve("ringstore").toString()));
        command.addAll(List.of(arguments));
        File output = Files.createTempFile(home, "launcher", ".out").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(settings());
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " is not done after " + PATIENCE);
        }
        String printed = Files.readString(output.toPath());
        if (process.exitValue() != 0) {
            throw new IOException(command + " failed:\n" + printed);
        }
        return printed;
    }

    /** For every command from now on; nodes inherit it. */
    void set(String name, String value) {
        more.put(name, value);
    }

    void unset(String name) {
        more.remove(name);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(more);
        settings.putAll(Map.of(
                "RINGSTORE_HOME", home.toString(),
                "RINGSTORE_CLIENT_PORT", String.valueOf(clientPort()),
                "RINGSTORE_CLIENT_MANAGEMENT_PORT", String.valueOf(managementPort()),
                "RINGSTORE_SYNC_PORT", String.valueOf(syncPort(0)),
                "RINGSTORE_STORE_PORT", String.valueOf(storePort(0))));
        return settings;
    }
}
