package io.ringstore.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.ringstore.monitoring.Dashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Each overlay is what Kubernetes takes, its parts fit each other, and it keeps its promises about pods and networks. */
@ParameterizedClass
@ValueSource(strings = {"dev", "prod", "full"})
@EnabledIf(value = "io.ringstore.kubernetes.Manifests#canBeRendered", disabledReason = "needs kubectl")
class ManifestTests {

    private static final int DRAIN_SECONDS = 35;

    /** Rendering takes longer than all that is asked of it. */
    private static final Map<String, Manifests> RENDERED = new HashMap<>();

    private final String overlay;
    private final Manifests manifests;

    ManifestTests(String overlay) throws IOException, InterruptedException {
        this.overlay = overlay;
        if (!RENDERED.containsKey(overlay)) {
            RENDERED.put(overlay, Manifests.of(overlay));
        }
        this.manifests = RENDERED.get(overlay);
    }

    @Test
    void theClusterIsThereWholeInANamespaceThatTakesRestrictedPodsOnly() {
        assertThat(manifests.workloads())
                .extracting(Workload::name)
                .containsExactlyInAnyOrder("store", "sync", "client");
        V1Namespace namespace = manifests.all(V1Namespace.class).getFirst();
        assertThat(namespace.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        for (V1StatefulSet set : manifests.all(V1StatefulSet.class)) {
            assertThat(set.getMetadata().getNamespace())
                    .isEqualTo(namespace.getMetadata().getName());
        }
    }

    @Test
    void selectorsMeanThePodsOfTheirOwnWorkload() {
        for (Workload workload : manifests.workloads()) {
            assertThat(workload.isMeantBy(workload.selector().getMatchLabels())).isTrue();
            assertThat(manifests.workloads())
                    .filteredOn(other -> other.isMeantBy(workload.selector().getMatchLabels()))
                    .containsExactly(workload);
            V1PodSpec pod = workload.template().getSpec();
            assertThat(pod.getTopologySpreadConstraints())
                    .isNotEmpty()
                    .allSatisfy(spread -> assertThat(
                                    workload.isMeantBy(spread.getLabelSelector().getMatchLabels()))
                            .isTrue());
        }
    }

    @Test
    void storeAndSyncNodesHaveStableNamesThatResolveBeforeTheyAreReadyAndAreTheMembership() {
        for (V1StatefulSet set : manifests.all(V1StatefulSet.class)) {
            String name = set.getMetadata().getName();
            V1Service service = service(set.getSpec().getServiceName());
            assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
            assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
            assertThat(set.getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
            assertThat(set.getSpec().getTemplate().getSpec().getAffinity().getPodAntiAffinity())
                    .isNotNull();
            int port = manifests.workload(name).port("http");
            String members = IntStream.range(0, set.getSpec().getReplicas())
                    .mapToObj(index -> "%1$s-%2$d=%5$s://%1$s-%2$d.%3$s:%4$d"
                            .formatted(name, index, set.getSpec().getServiceName(), port, isTls() ? "https" : "http"))
                    .collect(Collectors.joining(","));
            assertThat(cluster()).containsEntry("RINGSTORE_%s_NODES".formatted(name.toUpperCase(Locale.ROOT)), members);
        }
        assertThat(replicas()).containsEntry("sync", 5).containsEntry("store", 3);
        assertThat(manifests.all(V1StatefulSet.class))
                .filteredOn(set -> !set.getSpec().getVolumeClaimTemplates().isEmpty())
                .extracting(set -> set.getMetadata().getName())
                .containsExactly("store");
    }

    @Test
    void servicesLeadToPortsOfOneWorkload() {
        for (V1Service service : manifests.all(V1Service.class)) {
            List<Workload> meant = manifests.workloads().stream()
                    .filter(workload -> workload.isMeantBy(service.getSpec().getSelector()))
                    .toList();
            assertThat(meant).hasSize(1);
            for (V1ServicePort port : service.getSpec().getPorts()) {
                assertThat(meant.getFirst().port(port.getTargetPort().getStrValue()))
                        .isPositive();
            }
        }
    }

    @Test
    void probesAskTheRightHealthGroupOnThePortOfActuator() {
        Map<String, Integer> actuator = Map.of("store", 8200, "sync", 8100, "client", 9080);
        for (Workload workload : manifests.workloads()) {
            V1Container container = workload.container();
            String health = ":" + actuator.get(workload.name()) + "/actuator/health/";
            assertThat(workload.asks(container.getStartupProbe())).isEqualTo(health + "liveness");
            assertThat(workload.asks(container.getLivenessProbe())).isEqualTo(health + "liveness");
            assertThat(workload.asks(container.getReadinessProbe())).isEqualTo(health + "readiness");
        }
    }

    @Test
    void whereCallsGoOverTlsProbesDoAndNodesWantCertificatesOfEachOther() {
        assertThat(cluster().containsKey("RINGSTORE_TLS_BUNDLE")).isEqualTo(isTls());
        for (Workload workload : manifests.workloads()) {
            boolean called = isTls() && !workload.name().equals("client");
            V1Container container = workload.container();
            for (V1Probe probe :
                    List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
                assertThat(probe.getHttpGet().getScheme()).isEqualTo(isTls() ? "HTTPS" : null);
            }
            assertThat(container.getEnv().stream()
                            .anyMatch(variable -> variable.getName().equals("SERVER_SSL_CLIENTAUTH")
                                    && variable.getValue().equals("want")))
                    .isEqualTo(called);
        }
    }

    @Test
    void disruptionsLeaveAMajorityOfTheStoreAndMostOfTheRing() {
        Map<String, Integer> left = new HashMap<>();
        for (V1PodDisruptionBudget budget : manifests.all(V1PodDisruptionBudget.class)) {
            Map<String, String> selector = budget.getSpec().getSelector().getMatchLabels();
            assertThat(manifests.workloads())
                    .filteredOn(workload -> workload.isMeantBy(selector))
                    .extracting(Workload::name)
                    .containsExactly(budget.getMetadata().getName());
            if (budget.getSpec().getMinAvailable() != null) {
                left.put(
                        budget.getMetadata().getName(),
                        budget.getSpec().getMinAvailable().getIntValue());
            }
        }
        assertThat(left).isEqualTo(Map.of("store", 2, "sync", 3));
    }

    @Test
    void podsMayDoNothingSpecialAndAreToldNothingButTheirSettings() {
        for (Workload workload : manifests.workloads()) {
            V1PodSpec pod = workload.template().getSpec();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10_001);
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            V1Container container = workload.container();
            assertThat(pod.getContainers()).hasSize(1);
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(pod.getVolumes()).allMatch(volume -> volume.getSecret() != null || volume.getEmptyDir() != null);
            assertThat(container.getResources().getLimits()).containsOnlyKeys("memory");
            assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
            assertThat(container.getResources().getRequests().get("memory"))
                    .isEqualTo(container.getResources().getLimits().get("memory"));
        }
    }

    @Test
    void whatPodsMountAndReadExistsAndTheSecretOfProductionIsInNoFile() {
        List<String> secrets = manifests.all(V1Secret.class).stream()
                .map(secret -> secret.getMetadata().getName())
                .toList();
        List<String> settings = manifests.all(V1ConfigMap.class).stream()
                .map(map -> map.getMetadata().getName())
                .toList();
        for (Workload workload : manifests.workloads()) {
            assertThat(workload.container().getEnvFrom())
                    .allSatisfy(from ->
                            assertThat(settings).contains(from.getConfigMapRef().getName()));
            String secret = workload.template().getSpec().getVolumes().stream()
                    .filter(volume -> volume.getSecret() != null)
                    .map(volume -> volume.getSecret().getSecretName())
                    .findFirst()
                    .orElseThrow();
            assertThat(secrets).isEqualTo(overlay.equals("dev") ? List.of(secret) : List.of());
        }
    }

    @Test
    void gatewaysOfProductionAskEverybodyWhoHeIs() {
        List<String> variables = manifests.workload("client").container().getEnv().stream()
                .map(variable -> variable.getName())
                .toList();
        if (overlay.equals("dev")) {
            assertThat(variables).contains("RINGSTORE_ACCESS_OPEN").doesNotContain("RINGSTORE_ACCESS_TOKENS");
        } else {
            assertThat(variables).contains("RINGSTORE_ACCESS_TOKENS").doesNotContain("RINGSTORE_ACCESS_OPEN");
        }
    }

    @Test
    void onlyTheGatewayReachesSyncAndOnlySyncAndGatewayReachTheStore() {
        Reach reach = new Reach(manifests.all(V1NetworkPolicy.class));
        Map<String, List<String>> allowed = Map.of(
                "store", List.of("client", "store", "sync"), "sync", List.of("client", "sync"), "client", List.of());
        for (Workload to : manifests.workloads()) {
            assertThat(manifests.workloads())
                    .filteredOn(from -> reach.isAllowed(from.labels(), to, "http"))
                    .extracting(Workload::name)
                    .as("who reaches %s", to.name())
                    .containsExactlyInAnyOrderElementsOf(allowed.get(to.name()));
            assertThat(reach.isAllowed(Map.of(), to, "http")).isFalse();
            assertThat(reach.isOpenToOthers(to, "http")).isEqualTo(to.name().equals("client"));
        }
        assertThat(reach.isOpenToOthers(manifests.workload("client"), "management"))
                .isFalse();
    }

    @Test
    void gatewaysFollowTheLoadUnlessThereIsOnlyOneAndFinishWhatTheyBegan() {
        V1Deployment gateway = manifests.all(V1Deployment.class).getFirst();
        List<V2HorizontalPodAutoscaler> scalers = manifests.all(V2HorizontalPodAutoscaler.class);
        if (scalers.isEmpty()) {
            assertThat(gateway.getSpec().getReplicas()).isOne();
        } else {
            assertThat(scalers.getFirst().getSpec().getScaleTargetRef().getName())
                    .isEqualTo(gateway.getMetadata().getName());
            assertThat(gateway.getSpec().getReplicas()).isNull();
            assertThat(scalers.getFirst().getSpec().getMinReplicas()).isGreaterThanOrEqualTo(2);
        }
        String pause = manifests
                .workload("client")
                .container()
                .getLifecycle()
                .getPreStop()
                .getExec()
                .getCommand()
                .getLast();
        assertThat(gateway.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThan(DRAIN_SECONDS + Long.parseLong(pause));
    }

    @Test
    void productionIsWatchedWithTheDashboardsAndAlertsOfThisRepository() throws IOException {
        Map<String, String> mounted = manifests.all(V1ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().startsWith("ringstore-"))
                .flatMap(map -> map.getData().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (overlay.equals("dev")) {
            assertThat(mounted).isEmpty();
            assertThat(manifests.others()).isEmpty();
            return;
        }
        Map<String, String> files = new HashMap<>();
        for (Dashboard dashboard : Dashboard.all()) {
            files.put(dashboard.file(), Files.readString(Dashboard.FOLDER.resolve("dashboards/" + dashboard.file())));
        }
        files.put("alerts.yml", Files.readString(Dashboard.FOLDER.resolveSibling("alerts.yml")));
        assertThat(mounted).isEqualTo(files);
        assertThat(manifests.others())
                .extracting(monitor -> monitor.get("kind"))
                .containsExactly("ServiceMonitor", "ServiceMonitor");
    }

    private boolean isTls() {
        return overlay.equals("full");
    }

    private V1Service service(String name) {
        return manifests.all(V1Service.class).stream()
                .filter(service -> name.equals(service.getMetadata().getName()))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> cluster() {
        return manifests.all(V1ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().startsWith("cluster-"))
                .findFirst()
                .orElseThrow()
                .getData();
    }

    private Map<String, Integer> replicas() {
        return manifests.all(V1StatefulSet.class).stream()
                .collect(Collectors.toMap(
                        set -> set.getMetadata().getName(), set -> set.getSpec().getReplicas()));
    }
}
