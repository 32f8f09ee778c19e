package io.ringstore.link;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Connections to one node that stay open, and {@code POST}s over them with next to nothing in between. */
public final class NodeConnections implements Closeable {

    /** As large as a body between nodes may be; anything longer is not from a node. */
    private static final int MAX_ANSWER = 2 << 20;

    private final URI base;
    private final HttpHost host;
    private final String secret;
    private final PoolingHttpClientConnectionManager connections;
    private final MinimalHttpClient client;

    /**
     * How connections are kept.
     *
     * @param most how many there may be at once
     * @param connect how long connecting may take
     * @param recheck how long one may rest before it is looked at again, which costs as much as a call
     */
    public record Keeping(int most, Duration connect, Duration recheck) {}

    /** @param base where the node listens */
    public NodeConnections(URI base, Credentials credentials, Keeping keeping) {
        this.base = base;
        this.host = new HttpHost(base.getScheme(), base.getHost(), base.getPort());
        this.secret = credentials.secret().text();
        this.connections = credentials
                .tls()
                .in(PoolingHttpClientConnectionManagerBuilder.create())
                .setMaxConnPerRoute(keeping.most())
                .setMaxConnTotal(keeping.most())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(keeping.connect()))
                        .setValidateAfterInactivity(TimeValue.of(keeping.recheck()))
                        .build())
                .build();
        this.client = HttpClients.createMinimal(connections);
    }

    /** Where the node listens. */
    public URI base() {
        return base;
    }

    /** Other clients of the same node may share them. */
    PoolingHttpClientConnectionManager pool() {
        return connections;
    }

    /** What a node answered; the type is null if it said none. */
    public record Answer(int status, @Nullable String type, byte[] body) {}

    /** How long a call waits for a free connection, and then for each part of the answer. */
    public record Patience(Duration connection, Duration answer) {

        private RequestConfig toConfig() {
            return RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(connection))
                    .setResponseTimeout(Timeout.of(answer))
                    .build();
        }
    }

    /**
     * Posts a body and waits for the answer, whatever its status.
     *
     * @throws InterruptedIOException if it did not come in time, or the thread is interrupted, which it then still is
     * @throws IOException if it cannot be had, or is larger than one between nodes may be
     */
    public Answer post(String path, String type, byte[] body, Map<String, String> headers, Patience patience)
            throws IOException {
        var request = new HttpPost(base.getPath() + path);
        headers.forEach(request::setHeader);
        request.setHeader(ClusterSecret.HEADER, secret);
        request.setHeader(WireVersion.HEADER, WireVersion.SPOKEN);
        request.setHeader(HttpHeaders.CONTENT_TYPE, type);
        request.setEntity(new ByteArrayEntity(body, null));
        request.setConfig(patience.toConfig());
        try {
            return client.execute(host, request, response -> answer(request, response));
        } catch (CancellationException e) {
            // What the pool of connections makes of an interrupt.
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (IllegalStateException e) {
            throw new IOException("the connections to " + base + " are closed", e);
        }
    }

    private Answer answer(HttpPost request, ClassicHttpResponse response) throws IOException {
        Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        byte[] body = response.getEntity() == null
                ? new byte[0]
                : response.getEntity().getContent().readNBytes(MAX_ANSWER + 1);
        if (body.length > MAX_ANSWER) {
            request.cancel(); // or its rest would be read before the connection is closed, and may have no end
            throw new IOException("the answer of " + base + " has more than " + MAX_ANSWER + " bytes");
        }
        return new Answer(response.getCode(), type == null ? null : type.getValue(), body);
    }

    /** Closes those that rest: after a failure they are probably dead too, and a call should not pay for finding out. */
    public void forgetIdle() {
        connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
