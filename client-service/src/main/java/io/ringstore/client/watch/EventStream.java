package io.ringstore.client.watch;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The client's end of a stream of server-sent events, which are bytes already when they come here. */
public final class EventStream {

    private final Duration patience;
    private final CompletableFuture<SocketWrapperBase<?>> connection = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Runnable onEnd = () -> {};

    /** @param patience how long a client may take nothing of what it is sent */
    EventStream(Duration patience) {
        this.patience = patience;
    }

    /** Once, whoever ends it and however. */
    void onEnd(Runnable action) {
        onEnd = action;
    }

    /**
     * Answers a request with this stream, which goes on when the request is over; if the client is gone already, the stream
     * ends.
     */
    public void answer(HttpServletRequest request, HttpServletResponse response) {
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Proxies that gather answers would keep events back.
            response.setHeader("X-Accel-Buffering", "no");
            // The stream ends with the connection, so that nothing need be put around its pieces.
            response.setHeader(HttpHeaders.CONNECTION, "close");
            response.flushBuffer();
            request.upgrade(EventConnection.class).belongsTo(this);
        } catch (IOException gone) {
            end();
        } catch (ServletException | RuntimeException failed) {
            end();
            throw new IllegalStateException("no stream can be made of this request", failed);
        }
    }

    /** The request is over, and the connection is all that is left of it. */
    void goesOn(SocketWrapperBase<?> socket) {
        // A watcher may be silent for ever; what it is sent it must take.
        socket.setWriteTimeout(patience.toMillis());
        connection.complete(socket);
        if (ended.get()) {
            socket.close();
        }
    }

    /**
     * Sends events; waits for a client whose connection is full, until the patience with it is over.
     *
     * @throws IOException if the client is gone, or does not take it in time
     */
    void send(byte[] events) throws IOException {
        try {
            SocketWrapperBase<?> socket = connection.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            socket.write(true, events, 0, events.length);
            socket.flush(true);
        } catch (IOException | RuntimeException | ExecutionException | TimeoutException gone) {
            end();
            throw new IOException("the stream has ended", gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end();
            throw new IOException("the stream has ended", interrupted);
        }
    }

    void end() {
        if (ended.compareAndSet(false, true)) {
            SocketWrapperBase<?> socket = connection.getNow(null);
            if (socket != null) {
                socket.close();
            }
            onEnd.run();
        }
    }
}
