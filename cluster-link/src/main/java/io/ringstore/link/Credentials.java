package io.ringstore.link;

import jakarta.servlet.http.HttpServletRequest;

/** What nodes prove to each other that they belong to the same cluster: its secret and, if calls go over TLS, a certificate. */
public record Credentials(ClusterSecret secret, NodeTls tls) {

    /** Without TLS. */
    public Credentials(ClusterSecret secret) {
        this(secret, NodeTls.NONE);
    }

    boolean areIn(HttpServletRequest request) {
        return tls.admits(request) && secret.isIn(request);
    }

    /** What a caller needs, for those who do not have it. */
    String wanted() {
        return tls.isOn() ? "the cluster secret and, by TLS, a certificate" : "the cluster secret";
    }
}
