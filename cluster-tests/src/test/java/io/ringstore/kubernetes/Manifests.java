package io.ringstore.kubernetes;

import com.google.gson.Gson;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.ringstore.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code kubectl apply -k} would send, read by Kubernetes' own models: a field they do not know is an error. */
public final class Manifests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, Class<?>> MODELS = Map.of(
            "Namespace", V1Namespace.class,
            "ConfigMap", V1ConfigMap.class,
            "Secret", V1Secret.class,
            "Service", V1Service.class,
            "StatefulSet", V1StatefulSet.class,
            "Deployment", V1Deployment.class,
            "PodDisruptionBudget", V1PodDisruptionBudget.class,
            "HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class,
            "NetworkPolicy", V1NetworkPolicy.class);

    private final List<Object> known = new ArrayList<>();
    private final List<Map<String, Object>> others = new ArrayList<>();

    /** Renders one of the folders in {@code k8s/overlays}. */
    public static Manifests of(String overlay) throws IOException, InterruptedException {
        String text = new Command(Map.of()).run(PATIENCE, List.of("kubectl", "kustomize", "k8s/overlays/" + overlay));
        return new Manifests(text);
    }

    /** kubectl is not everybody's; where the build must be complete its absence is a failure. */
    public static boolean canBeRendered() {
        return System.getenv("CI") != null
                || Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    private Manifests(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
            @SuppressWarnings("unchecked")
            Map<String, Object> fields = (Map<String, Object>) document;
            Class<?> model = MODELS.get(fields.get("kind"));
            if (model == null) {
                others.add(fields);
            } else {
                known.add(JSON.deserialize(new Gson().toJson(fields), model));
            }
        }
    }

    public <T> List<T> all(Class<T> model) {
        return known.stream().filter(model::isInstance).map(model::cast).toList();
    }

    /** What Kubernetes itself has no model of. */
    List<Map<String, Object>> others() {
        return others;
    }

    /** Whatever makes pods. */
    public List<Workload> workloads() {
        return Stream.concat(
                        all(V1StatefulSet.class).stream().map(Workload::of),
                        all(V1Deployment.class).stream().map(Workload::of))
                .toList();
    }

    public Workload workload(String name) {
        return workloads().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
