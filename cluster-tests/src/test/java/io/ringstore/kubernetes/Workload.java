package io.ringstore.kubernetes;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.util.Map;

/** A StatefulSet or Deployment of ours: pods of one container each. */
public record Workload(String name, V1LabelSelector selector, V1PodTemplateSpec template) {

    static Workload of(V1StatefulSet set) {
        return new Workload(
                set.getMetadata().getName(),
                set.getSpec().getSelector(),
                set.getSpec().getTemplate());
    }

    static Workload of(V1Deployment deployment) {
        return new Workload(
                deployment.getMetadata().getName(),
                deployment.getSpec().getSelector(),
                deployment.getSpec().getTemplate());
    }

    public V1Container container() {
        return template.getSpec().getContainers().getFirst();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    public int port(String portName) {
        return container().getPorts().stream()
                .filter(port -> port.getName().equals(portName))
                .mapToInt(V1ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow();
    }

    /** Where the kubelet would ask: {@code :8100/actuator/health/readiness}. */
    public String asks(V1Probe probe) {
        String portName = probe.getHttpGet().getPort().getStrValue();
        return ":" + port(portName) + probe.getHttpGet().getPath();
    }

    /** Whether the selector, as a Service or policy has it, means these pods. */
    boolean isMeantBy(Map<String, String> wanted) {
        return labels().entrySet().containsAll(wanted.entrySet());
    }
}
