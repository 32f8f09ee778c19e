package io.ringstore.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How systems that speak HTTP want to be asked. */
enum Dialect {
    RINGSTORE {
        @Override
        byte[] write(KeyConnection connection, int client, Plan plan) {
            if (plan.records() == 1) {
                return connection.request("PUT", "/v1/kv/" + key(client), "text/plain", plan.value());
            }
            String writes = IntStream.range(0, plan.records())
                    .mapToObj(record -> "{\"clientId\":\"%s\",\"resource\":\"%s-%d\",\"value\":\"%s\"}"
                            .formatted(key(client), key(client), record, plan.value()))
                    .collect(Collectors.joining(",", "[", "]"));
            return connection.request("POST", "/v1/writes", JSON, writes);
        }

        @Override
        byte[] read(KeyConnection connection, int client, Plan plan) {
            String consistency = plan.localReads() ? "local" : "linearizable";
            return connection.request("GET", "/v1/kv/" + key(client) + "?consistency=" + consistency, JSON, "");
        }

        @Override
        int written(String body, Plan plan) {
            return plan.records() == 1 ? 1 : body.split("\"status\":\"COMMITTED\"", -1).length - 1;
        }
    },

    /** The gateway of its gRPC interface. */
    ETCD {
        @Override
        byte[] write(KeyConnection connection, int client, Plan plan) {
            if (plan.records() == 1) {
                return connection.request("POST", "/v3/kv/put", JSON, put(key(client), plan));
            }
            String puts = IntStream.range(0, plan.records())
                    .mapToObj(record -> "{\"requestPut\":" + put(key(client) + "-" + record, plan) + "}")
                    .collect(Collectors.joining(",", "{\"success\":[", "]}"));
            return connection.request("POST", "/v3/kv/txn", JSON, puts);
        }

        @Override
        byte[] read(KeyConnection connection, int client, Plan plan) {
            String range = "{\"key\":\"%s\",\"serializable\":%s}".formatted(base64(key(client)), plan.localReads());
            return connection.request("POST", "/v3/kv/range", JSON, range);
        }

        // all or nothing, so the status says it
        @Override
        int written(String body, Plan plan) {
            return plan.records();
        }

        private static String put(String key, Plan plan) {
            return "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(base64(key), base64(plan.value()));
        }

        private static String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    };

    private static final String JSON = "application/json";

    abstract byte[] write(KeyConnection connection, int client, Plan plan);

    abstract byte[] read(KeyConnection connection, int client, Plan plan);

    /** How many values were written, as an answer of success says. */
    abstract int written(String body, Plan plan);

    static String key(int client) {
        return "bench-" + client;
    }
}
