package io.ringstore.kubernetes;

import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1LabelSelectorRequirement;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPeer;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Who may call whom within the namespace, by the rules of Kubernetes for several policies: what any of them allows. */
record Reach(List<V1NetworkPolicy> policies) {

    private static final String EGRESS = "Egress";
    private static final String INGRESS = "Ingress";

    /** Whether pods with these labels may open a connection to that port of the workload's pods. */
    boolean isAllowed(Map<String, String> from, Workload to, String port) {
        return mayLeave(from, to, port) && mayEnter(from, to, port);
    }

    /** Whether anybody outside the namespace may open one; what such callers may do at home is not ours to say. */
    boolean isOpenToOthers(Workload to, String port) {
        return mayEnter(Map.of(), to, port);
    }

    private boolean mayEnter(Map<String, String> from, Workload to, String port) {
        List<V1NetworkPolicy> about = about(to.labels(), INGRESS);
        return about.isEmpty()
                || about.stream()
                        .flatMap(policy -> orNone(policy.getSpec().getIngress()).stream())
                        .anyMatch(rule -> meansPeer(rule.getFrom(), from) && meansPort(rule.getPorts(), to, port));
    }

    private boolean mayLeave(Map<String, String> from, Workload to, String port) {
        List<V1NetworkPolicy> about = about(from, EGRESS);
        return about.isEmpty()
                || about.stream()
                        .flatMap(policy -> orNone(policy.getSpec().getEgress()).stream())
                        .anyMatch(rule -> meansPeer(rule.getTo(), to.labels()) && meansPort(rule.getPorts(), to, port));
    }

    private List<V1NetworkPolicy> about(Map<String, String> labels, String direction) {
        return policies.stream()
                .filter(policy -> policy.getSpec().getPolicyTypes().contains(direction))
                .filter(policy -> means(policy.getSpec().getPodSelector(), labels))
                .toList();
    }

    private static boolean meansPeer(List<V1NetworkPolicyPeer> peers, Map<String, String> labels) {
        return orNone(peers).isEmpty()
                || peers.stream()
                        .filter(peer -> peer.getNamespaceSelector() == null)
                        .anyMatch(peer -> means(peer.getPodSelector(), labels));
    }

    private static boolean meansPort(List<V1NetworkPolicyPort> ports, Workload to, String port) {
        return orNone(ports).isEmpty()
                || ports.stream()
                        .map(one -> one.getPort().isInteger()
                                ? one.getPort().getIntValue()
                                : portOrNone(to, one.getPort().getStrValue()))
                        .anyMatch(number -> number == to.port(port));
    }

    private static int portOrNone(Workload to, String name) {
        return to.container().getPorts().stream()
                        .anyMatch(port -> port.getName().equals(name))
                ? to.port(name)
                : -1;
    }

    private static boolean means(V1LabelSelector selector, Map<String, String> labels) {
        Map<String, String> exact = selector.getMatchLabels();
        return (exact == null || labels.entrySet().containsAll(exact.entrySet()))
                && orNone(selector.getMatchExpressions()).stream().allMatch(one -> holds(one, labels));
    }

    private static boolean holds(V1LabelSelectorRequirement one, Map<String, String> labels) {
        if (!one.getOperator().equals("In")) {
            throw new IllegalArgumentException("no policy of ours says " + one.getOperator());
        }
        return one.getValues().contains(Objects.requireNonNullElse(labels.get(one.getKey()), ""));
    }

    private static <T> List<T> orNone(List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
