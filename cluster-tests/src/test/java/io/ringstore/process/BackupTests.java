package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a cluster that runs to a file, and from the file to another cluster that goes on, as an operator does it. */
@OnProcesses
class BackupTests {

    private static final Pattern HASH = Pattern.compile("stateHash=([0-9a-f]{16})");

    @TempDir
    private Path directory;

    @Test
    void aBackupOfARunningClusterBecomesAnotherCluster(LocalCluster cluster) throws Exception {
        long began = System.nanoTime();
        assertThat(put(cluster, "backed-up", "kept")).isEqualTo(201);
        Path file = directory.resolve("cluster.backup");
        cluster.launcher("backup", file.toString());
        assertThatThrownBy(() -> cluster.launcher("backup", file.toString())).hasMessageContaining("is there already");
        assertThatThrownBy(() -> cluster.launcher("restore", file.toString())).hasMessageContaining("is running");

        LocalCluster restored = new LocalCluster(Files.createDirectory(directory.resolve("home")));
        String report = restored.launcher("restore", file.toString());
        assertThatThrownBy(() -> restored.launcher("restore", file.toString())).hasMessageContaining("is not empty");
        try {
            for (String node : List.of("store-0", "store-1", "store-2")) {
                restored.start(node);
            }
            assertThat(restored.awaitSameStateEverywhere()).isEqualTo(lastHashIn(report));
            restored.start("sync-0");
            restored.start("client-0");

            assertThat(get(restored, "backed-up")).isEqualTo("kept");
            assertThat(put(restored, "after", "more")).isEqualTo(201);
            assertThat(get(restored, "after")).isEqualTo("more");
        } finally {
            restored.down();
            cluster.adopt(began);
        }
    }

    private static String lastHashIn(String report) {
        Matcher hash = HASH.matcher(report);
        String last = "";
        while (hash.find()) {
            last = hash.group(1);
        }
        return last;
    }

    private static int put(LocalCluster cluster, String key, String value) throws Exception {
        return send(cluster, key, HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofString(value)))
                .statusCode();
    }

    private static String get(LocalCluster cluster, String key) throws Exception {
        return send(cluster, key, HttpRequest.newBuilder()).body();
    }

    private static HttpResponse<String> send(LocalCluster cluster, String key, HttpRequest.Builder request)
            throws Exception {
        URI target = cluster.gateway().resolve("/v1/kv/" + key);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    request.uri(target).header("Prefer", "wait=30").build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
