package io.ringstore.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * A system to be measured.
 *
 * @param address where clients connect to
 * @param pids of all its servers
 * @param meters where its servers show them, in Prometheus' form
 */
record Target(String name, Kind kind, String address, List<Long> pids, List<URI> meters) {

    enum Kind {
        RINGSTORE,
        ETCD,
        ZOOKEEPER
    }

    /** Reads {@code NAME KIND ADDRESS [pids=PID,…] [meters=URL,…]}. */
    static Target parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length < 3) {
            throw new IllegalArgumentException(
                    "--target takes 'NAME KIND ADDRESS [pids=…] [meters=…]', not '" + text + "'");
        }
        return new Target(
                words[0],
                kind(words[1]),
                words[2],
                list(words, "pids=").stream().map(Long::valueOf).toList(),
                list(words, "meters=").stream().map(URI::create).toList());
    }

    private static Kind kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("a target is ringstore, etcd or zookeeper, not '" + word + "'"));
    }

    private static List<String> list(String[] words, String prefix) {
        return Arrays.stream(words)
                .filter(word -> word.startsWith(prefix) && word.length() > prefix.length())
                .flatMap(word -> Arrays.stream(word.substring(prefix.length()).split(",", -1)))
                .toList();
    }

    Caller.Source callers(int clients, Plan plan) throws IOException {
        return switch (kind) {
            case RINGSTORE -> overHttp(Dialect.RINGSTORE, ApiToken.ofTheEnvironment(), plan);
            case ETCD -> overHttp(Dialect.ETCD, ApiToken.NONE, plan);
            case ZOOKEEPER -> new ZooKeeperCallers(address, clients, plan);
        };
    }

    private Caller.Source overHttp(Dialect dialect, ApiToken token, Plan plan) {
        URI uri = URI.create(address);
        return new Caller.Source() {
            @Override
            public Caller open(int client) throws IOException {
                return new HttpCaller(dialect, uri, token, client, plan);
            }

            @Override
            public void close() {}
        };
    }
}
