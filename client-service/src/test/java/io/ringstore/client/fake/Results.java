package io.ringstore.client.fake;

import io.ringstore.api.FenceMessage;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/** What nodes answer, and how they fail. */
public final class Results {

    public static final OriginMessage ORIGIN =
            new OriginMessage(new FenceMessage(7, 1_042), "sync-2", 2, 1_764_000_000_123L, "store-1", "store-0", 3);

    private Results() {}

    public static WriteResult committed(long revision) {
        return new WriteResult(Status.COMMITTED, revision, true, false, ORIGIN).withStoreMicros(1_500);
    }

    /** Every write of a call ends alike. */
    public static Function<List<WriteMessage>, List<WriteResult>> all(WriteResult result) {
        return writes -> writes.stream().map(_ -> result).toList();
    }

    public static Function<List<WriteMessage>, List<WriteResult>> all(Status status) {
        return all(WriteResult.of(status));
    }

    public static Function<List<WriteMessage>, List<WriteResult>> fails(RuntimeException failure) {
        return _ -> {
            throw failure;
        };
    }

    /** Nobody listens: nothing was sent. */
    public static RuntimeException refusedConnection() {
        return new ResourceAccessException("refused", new ConnectException("Connection refused"));
    }

    /** The connection was lost after the call was sent. */
    public static RuntimeException lostConnection() {
        return new ResourceAccessException("reset", new java.net.SocketException("Connection reset"));
    }

    public static RuntimeException status(int status, String body) {
        return HttpServerErrorException.create(
                HttpStatusCode.valueOf(status),
                "failed",
                new HttpHeaders(),
                body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                null);
    }

    /** Answers only once the latch is open, as the rest says. */
    public static Function<List<WriteMessage>, List<WriteResult>> after(
            CountDownLatch latch, Function<List<WriteMessage>, List<WriteResult>> then) {
        return writes -> {
            try {
                latch.await();
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
                throw new ResourceAccessException("cancelled", new java.net.SocketException("Closed by interrupt"));
            }
            return then.apply(writes);
        };
    }
}
