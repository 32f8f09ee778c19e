package io.ringstore.link;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * TLS between nodes, by a bundle whose certificate callers and called show each other.
 *
 * <p>A connection is made with the bundle as it is then, so that a renewed certificate needs no restart; connections that are
 * open go on with the one that they began with.
 */
public final class NodeTls {

    /** Nobody shows a certificate, and nobody asks for one. */
    public static final NodeTls NONE = new NodeTls();

    /** The first handshake of a JVM loads hundreds of classes; with the patience for a connect alone, nodes would not get together. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(1);

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private volatile @Nullable TlsSocketStrategy now;

    private NodeTls() {}

    /** Follows a bundle. */
    static NodeTls by(SslBundles bundles, String name) {
        NodeTls tls = new NodeTls();
        tls.use(bundles.getBundle(name));
        bundles.addBundleUpdateHandler(name, tls::use);
        return tls;
    }

    private void use(SslBundle bundle) {
        now = new DefaultClientTlsStrategy(
                bundle.createSslContext(),
                bundle.getOptions().getEnabledProtocols(),
                bundle.getOptions().getCiphers(),
                SSLBufferMode.STATIC,
                // That of the JDK; the client's own doubts names that the Internet does not know, such as sync-0.sync.
                HostnameVerificationPolicy.BUILTIN,
                NoopHostnameVerifier.INSTANCE);
    }

    boolean isOn() {
        return now != null;
    }

    /** Has connections made in this way, if they are to addresses that begin with {@code https}. */
    PoolingHttpClientConnectionManagerBuilder in(PoolingHttpClientConnectionManagerBuilder connections) {
        return isOn()
                ? connections
                        .setTlsSocketStrategy((socket, host, port, attachment, context) ->
                                Objects.requireNonNull(now).upgrade(socket, host, port, attachment, context))
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(Timeout.of(HANDSHAKE))
                                .build())
                : connections;
    }

    /** Whether the caller showed a certificate, if one is wanted; that it is a good one was seen to before any request. */
    boolean admits(HttpServletRequest request) {
        return !isOn() || (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0);
    }
}
