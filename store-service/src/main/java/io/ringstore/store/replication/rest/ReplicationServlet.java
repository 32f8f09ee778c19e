package io.ringstore.store.replication.rest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The receiving end under {@code /replication/*}.
 *
 * <p>A bare servlet: a message per write and replica passes here, and MVC would cost more than the message.
 */
public final class ReplicationServlet extends HttpServlet {

    /** An append or a chunk is kept well below it by the settings of Ratis. */
    public static final int MAX_BODY = 2 << 20;

    private final transient ReplicationEndpoint endpoint;
    private final transient MessageObserver observer;

    public ReplicationServlet(ReplicationEndpoint endpoint, MessageObserver observer) {
        this.endpoint = endpoint;
        this.observer = observer;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<ReplicationMessage> message = ReplicationMessage.ofPath(request.getRequestURI());
        if (message.isEmpty()) {
            write(response, 404, "text/plain", "no such message".getBytes(StandardCharsets.UTF_8));
            return;
        }
        long start = System.nanoTime();
        int status = take(message.get(), request.getInputStream(), response);
        observer.received(message.get(), System.nanoTime() - start, status);
    }

    private int take(ReplicationMessage message, InputStream in, HttpServletResponse response) throws IOException {
        try {
            byte[] body = in.readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                throw new RefusedException(413, "more than " + MAX_BODY + " bytes");
            }
            write(response, 200, "application/x-protobuf", endpoint.answer(message, body));
            return 200;
        } catch (RefusedException e) {
            return refuse(response, e.status(), e);
        } catch (IOException e) {
            return refuse(response, 503, e);
        }
    }

    private static int refuse(HttpServletResponse response, int status, IOException e) throws IOException {
        write(response, status, "text/plain", String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
        return status;
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
