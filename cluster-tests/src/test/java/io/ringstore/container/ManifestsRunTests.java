package io.ringstore.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.kubernetes.Manifests;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.json.JsonMapper;

/** The images of the build under the environment, mounts, limits and rights that the manifests give them. */
@OnContainers
@EnabledIf(value = "io.ringstore.kubernetes.Manifests#canBeRendered", disabledReason = "needs kubectl")
class ManifestsRunTests {

    /** All store nodes, as they found the store together, and enough others for a ring. */
    private static final List<String> PODS =
            List.of("store-0", "store-1", "store-2", "sync-0", "sync-1", "client-5d4f-x7k2p");

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What settings show instead of the variable they come from: of a directory its secret, of a list its last node. */
    private static final Map<String, String> SHOWN_AS = Map.of(
            "SPRING_CONFIG_IMPORT", "/run/ringstore",
            "RINGSTORE_SYNC_NODES", "http://sync-4.sync:8100",
            "RINGSTORE_STORE_NODES", "http://store-2.store:8200");

    @Test
    void podsGetReadyWriteAndAreSetUpAsTheirManifestSays() throws Exception {
        try (Pods pods = Pods.of(Manifests.of("dev"))) {
            for (String pod : PODS) {
                pods.start(pod);
            }
            for (String pod : PODS) {
                awaitProbes(pods, pod);
            }
            Awaitility.await()
                    .atMost(Pods.PATIENCE)
                    .untilAsserted(() -> assertThat(pods.write(PODS.getLast())).contains("\"status\":\"COMMITTED\""));
            for (String pod : PODS) {
                assertEachVariableIsASetting(pods, pod);
                assertThat(pods.components(pod)).contains("CycloneDX", "tomcat-embed-core");
                assertLogIsJson(pods, pod);
            }
        }
    }

    private static void awaitProbes(Pods pods, String pod) {
        for (String probe : pods.probes(pod)) {
            Awaitility.await(pod + probe)
                    .atMost(Pods.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> pods.get(pod, probe).statusCode() == 200);
        }
    }

    private static void assertEachVariableIsASetting(Pods pods, String pod) throws Exception {
        String settings = pods.settings(pod);
        assertThat(pods.variables(pod)).contains("SPRING_CONFIG_IMPORT", "RINGSTORE_NODE");
        for (String variable : pods.variables(pod)) {
            assertThat(settings)
                    .contains(SHOWN_AS.getOrDefault(variable, "System Environment Property \\\"" + variable + "\\\""));
        }
    }

    private static void assertLogIsJson(Pods pods, String pod) throws Exception {
        assertThat(pods.log(pod)).isNotEmpty();
        for (String line : pods.log(pod)) {
            assertThat(JSON.readTree(line).get("service").get("name").asString())
                    .startsWith(pod.substring(0, pod.indexOf('-')) + "-");
        }
    }
}
