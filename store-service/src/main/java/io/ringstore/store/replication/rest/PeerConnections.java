package io.ringstore.store.replication.rest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;

/** The connections of one store node to another. */
final class PeerConnections implements Closeable {

    /** One append or chunk, one vote, one read index at a time; the rest is for those that were given up. */
    private static final int MAX_CONNECTIONS = 8;

    private static final ContentType PROTOBUF = ContentType.create("application/x-protobuf");

    /** Answers are small; anything longer is not from a store node. */
    private static final int MAX_ANSWER = 1 << 20;

    private final URI base;
    private final HttpHost host;
    private final MessageTimeouts timeouts;
    private final String secret;
    private final PoolingHttpClientConnectionManager connections;
    private final MinimalHttpClient client;

    PeerConnections(URI base, MessageTimeouts timeouts, String secret) {
        this.base = base;
        this.host = new HttpHost(base.getScheme(), base.getHost(), base.getPort());
        this.timeouts = timeouts;
        this.secret = secret;
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(timeouts.connect()))
                        .setSocketTimeout(Timeout.of(timeouts.snapshot()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build();
        this.client = HttpClients.createMinimal(connections);
    }

    URI base() {
        return base;
    }

    /**
     * Sends one message and waits for its answer.
     *
     * @throws TimeoutIOException if the answer did not come in time
     * @throws RefusedException if the peer answered, but not with a message
     */
    byte[] post(ReplicationMessage message, byte[] body) throws IOException {
        var request = new HttpPost(base.getPath() + "/replication/" + message.word());
        request.setHeader("Ringstore-Secret", secret);
        request.setEntity(new ByteArrayEntity(body, PROTOBUF));
        request.setConfig(requestConfig(timeouts.of(message)));
        try {
            return client.execute(host, request, this::answer);
        } catch (InterruptedIOException e) {
            throw asTimeout(message, e);
        } catch (CancellationException e) {
            // What the pool of connections makes of an interrupt.
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (IllegalStateException e) {
            throw new IOException("the connections to " + base + " are closed", e);
        }
    }

    /**
     * Tells a slow peer from a thread that is being stopped (the trap of P1): Ratis' log appender takes any
     * {@link InterruptedIOException} for its own shutdown and would never speak to that peer again, and a read that
     * timed out is one.
     */
    private IOException asTimeout(ReplicationMessage message, InterruptedIOException e) {
        if (Thread.currentThread().isInterrupted()) {
            return e;
        }
        return new TimeoutIOException(
                "no answer to " + message.word() + " from " + base + " within "
                        + timeouts.of(message).toMillis() + " ms",
                e);
    }

    private byte[] answer(ClassicHttpResponse response) throws IOException {
        byte[] answer =
                response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity(), MAX_ANSWER);
        if (response.getCode() != 200) {
            throw new RefusedException(
                    response.getCode(),
                    base + " answered " + response.getCode() + ": " + RefusedException.text(answer));
        }
        return answer;
    }

    private static RequestConfig requestConfig(Duration answer) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(answer))
                .setResponseTimeout(Timeout.of(answer))
                .build();
    }

    /** After a failure the idle connections are probably dead too; a vote should not pay for finding out. */
    void forgetIdle() {
        connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
