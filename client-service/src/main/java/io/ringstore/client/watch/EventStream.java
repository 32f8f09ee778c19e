package io.ringstore.client.watch;

import java.io.IOException;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/** The client's end of a stream of server-sent events, which are bytes already when they come here. */
public final class EventStream {

    /** Streams have no end of their own. */
    private static final long NEVER = 0L;

    private final ResponseBodyEmitter emitter = new ResponseBodyEmitter(NEVER);

    /** What a controller returns. */
    public ResponseEntity<ResponseBodyEmitter> response() {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                // Proxies that gather answers would keep events back.
                .header("X-Accel-Buffering", "no")
                .body(emitter);
    }

    /** Once, whoever ends it and however. */
    void onEnd(Runnable action) {
        emitter.onCompletion(action);
    }

    /**
     * Sends events; waits for a client whose connection is full, until the web server's patience with it is over.
     *
     * @throws IOException if the client is gone, or does not take it in time
     */
    void send(byte[] events) throws IOException {
        try {
            emitter.send(events, MediaType.APPLICATION_OCTET_STREAM);
        } catch (IllegalStateException ended) {
            throw new IOException("the stream has ended", ended);
        }
    }

    void end() {
        emitter.complete();
    }
}
