package io.ringstore.link;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code ringstore.*} that every service has; a node refuses to start on an impossible cluster.
 *
 * @param cluster name of the cluster; messages of another one are refused
 * @param node name of this node, such as {@code sync-0}
 * @param secret what nodes prove to each other that they belong together; at least 16 characters
 * @param syncNodes every sync node in ring order, as {@code name=url}
 * @param storeNodes every store node, as {@code name=url}; the first is the preferred primary
 */
@Validated
@ConfigurationProperties("ringstore")
public record ClusterProperties(
        @NotBlank @DefaultValue("ringstore") String cluster,
        @NotBlank String node,
        @NotBlank String secret,
        @NotEmpty List<NodeAddress> syncNodes,
        @NotEmpty List<NodeAddress> storeNodes) {

    private static final int SECRET_MIN = 16;

    public ClusterProperties {
        if (secret != null && secret.length() < SECRET_MIN) {
            throw new IllegalArgumentException("ringstore.secret needs at least " + SECRET_MIN + " characters");
        }
        requireDistinct("ringstore.sync-nodes", syncNodes);
        requireDistinct("ringstore.store-nodes", storeNodes);
        if (syncNodes != null && storeNodes != null) {
            requireDistinctAddresses(
                    "ringstore",
                    Stream.concat(syncNodes.stream(), storeNodes.stream()).toList());
        }
    }

    /** @throws IllegalStateException if calls to some node would go over the network in plain text */
    void requireTls() {
        Stream.concat(syncNodes.stream(), storeNodes.stream())
                .filter(node -> !"https".equals(node.uri().getScheme()))
                .findFirst()
                .ifPresent(plain -> {
                    throw new IllegalStateException("ringstore.tls.bundle is set, but the address of " + plain.id()
                            + " is " + plain.uri() + ", without TLS: all must begin with https");
                });
    }

    /** Without the secret, which must not get into a log. */
    @Override
    public String toString() {
        return "ClusterProperties[cluster=" + cluster + ", node=" + node + ", syncNodes=" + syncNodes + ", storeNodes="
                + storeNodes + "]";
    }

    private static void requireDistinct(String setting, List<NodeAddress> nodes) {
        if (nodes == null) {
            return;
        }
        if (new HashSet<>(nodes.stream().map(NodeAddress::id).toList()).size() != nodes.size()) {
            throw new IllegalArgumentException(setting + " names a node twice");
        }
        requireDistinctAddresses(setting, nodes);
    }

    private static void requireDistinctAddresses(String setting, List<NodeAddress> nodes) {
        if (new HashSet<>(nodes.stream().map(NodeAddress::uri).toList()).size() != nodes.size()) {
            throw new IllegalArgumentException(setting + " gives two nodes the same address");
        }
    }
}
