package io.ringstore.container;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import io.ringstore.kubernetes.Manifests;
import io.ringstore.kubernetes.Workload;
import io.ringstore.process.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** Runs pods of our manifests as containers, as far as a container engine can do what a kubelet does. */
@NullUnmarked // everything in Kubernetes' models may be null
final class Pods implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String SECRET = "a secret for the pods of a test";
    private static final String IMAGE_TAG = ":test";

    private final Manifests manifests;
    private final String network =
            "ringstore-test-pods-" + ProcessHandle.current().pid();
    private final Command command = new Command(Map.of());
    private final Path secret;
    private final Map<String, Workload> started = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private Pods(Manifests manifests) throws IOException {
        this.manifests = manifests;
        this.secret = Files.createTempDirectory("secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(secret.resolve("ringstore.secret"), SECRET);
    }

    static Pods of(Manifests manifests) throws IOException, InterruptedException {
        Pods pods = new Pods(manifests);
        pods.docker("network", "create", pods.network);
        return pods;
    }

    /** Starts the pod that has this name in a cluster; it resolves as a headless Service has it. */
    void start(String pod) throws IOException, InterruptedException {
        String workloadName = pod.substring(0, pod.indexOf('-'));
        Workload workload = manifests.workload(workloadName);
        V1PodSpec spec = workload.template().getSpec();
        V1Container container = workload.container();
        List<String> run = new ArrayList<>(List.of("run", "--detach", "--name", containerOf(pod)));
        run.addAll(List.of("--network", network, "--network-alias", pod + "." + workloadName));
        run.addAll(List.of(
                "--user",
                spec.getSecurityContext().getRunAsUser() + ":"
                        + spec.getSecurityContext().getRunAsGroup()));
        if (container.getSecurityContext().getReadOnlyRootFilesystem()) {
            run.add("--read-only");
        }
        container.getSecurityContext().getCapabilities().getDrop().forEach(drop -> run.add("--cap-drop=" + drop));
        run.add("--security-opt=no-new-privileges");
        run.add("--memory="
                + container.getResources().getLimits().get("memory").getNumber().longValueExact());
        container.getVolumeMounts().forEach(mount -> run.addAll(mounted(mount)));
        environment(pod, workload).forEach((name, value) -> run.add("--env=" + name + "=" + value));
        run.add("--env=LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs");
        // So that it says which variable each of its settings came from, and what is in its jar.
        run.add("--env=MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE=health,configprops,sbom");
        run.add("--env=MANAGEMENT_ENDPOINT_CONFIGPROPS_SHOWVALUES=always");
        run.add(container.getImage().replaceFirst(":.*", "") + IMAGE_TAG);
        started.put(pod, workload);
        docker(run.toArray(String[]::new));
    }

    private List<String> mounted(V1VolumeMount mount) {
        return mount.getName().equals("secret")
                ? List.of("--volume", secret + ":" + mount.getMountPath() + ":ro")
                : List.of("--tmpfs", mount.getMountPath() + ":uid=10001,gid=10001");
    }

    private Map<String, String> environment(String pod, Workload workload) {
        Map<String, String> all = new LinkedHashMap<>();
        workload.container()
                .getEnvFrom()
                .forEach(from -> all.putAll(data(from.getConfigMapRef().getName())));
        for (V1EnvVar one : workload.container().getEnv()) {
            all.put(one.getName(), one.getValueFrom() == null ? one.getValue() : pod);
        }
        return all;
    }

    private Map<String, String> data(String configMap) {
        return manifests.all(V1ConfigMap.class).stream()
                .filter(map -> configMap.equals(map.getMetadata().getName()))
                .findFirst()
                .orElseThrow()
                .getData();
    }

    Set<String> variables(String pod) {
        return environment(pod, workload(pod)).keySet();
    }

    /** Where a kubelet would ask how the pod is: port and path. */
    List<String> probes(String pod) {
        Workload workload = workload(pod);
        V1Container container = workload.container();
        return Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .map(workload::asks)
                .toList();
    }

    HttpResponse<String> get(String pod, String probe) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(pod, probe)));
    }

    /** What the service bound to its settings, and from where. */
    String settings(String pod) throws IOException, InterruptedException {
        return actuator(pod, "configprops");
    }

    /** What is in the service's jar. */
    String components(String pod) throws IOException, InterruptedException {
        return actuator(pod, "sbom/application");
    }

    private String actuator(String pod, String endpoint) throws IOException, InterruptedException {
        String health = workload(pod).asks(workload(pod).container().getLivenessProbe());
        return send(HttpRequest.newBuilder(at(pod, health.replace("health/liveness", endpoint)))
                        .header("Ringstore-Secret", SECRET))
                .body();
    }

    List<String> log(String pod) throws IOException, InterruptedException {
        return docker("logs", containerOf(pod)).lines().toList();
    }

    /** Writes through the gateway, and returns what it said. */
    String write(String gateway) throws IOException, InterruptedException {
        URI key = at(gateway, ":" + workload(gateway).port("http") + "/v1/kv/R1");
        return send(HttpRequest.newBuilder(key).PUT(HttpRequest.BodyPublishers.ofString("hello")))
                .body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String pod, String portAndPath) throws IOException, InterruptedException {
        String address = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
        return URI.create("http://"
                + docker("inspect", "--format", address, containerOf(pod)).strip() + portAndPath);
    }

    private Workload workload(String pod) {
        return Objects.requireNonNull(started.get(pod));
    }

    private String containerOf(String pod) {
        return network + "-" + pod;
    }

    private String docker(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(arguments));
        return command.run(PATIENCE, all);
    }

    @Override
    public void close() throws IOException {
        try {
            for (String pod : started.keySet()) {
                docker("rm", "--force", "--volumes", containerOf(pod));
            }
            docker("network", "rm", network);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Files.delete(secret.resolve("ringstore.secret"));
        Files.delete(secret);
    }
}
