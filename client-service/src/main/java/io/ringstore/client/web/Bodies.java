package io.ringstore.client.web;

import io.ringstore.client.gateway.GatewayProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Reads bodies as they are, never more than they may have, and never longer than they may take.
 *
 * <p>Nothing is admitted to the gateway before it is there as a whole, so who sends slowly keeps nobody from writing.
 */
@Component
class Bodies {

    static final int MAX_VALUE = 256 << 10;

    /** Twice what a batch of the ring may have: JSON says the same in more bytes. */
    static final int MAX_JSON = 2 << 20;

    private static final int CHUNK = 8 << 10;

    private final Duration patience;

    Bodies(GatewayProperties settings) {
        this.patience = settings.bodyPatience();
    }

    /** A value, byte for byte. */
    byte[] value(HttpServletRequest request) throws IOException {
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            // The coding would be forgotten, and readers could make nothing of the value.
            throw Problems.unsupportedCoding();
        }
        if (request.getHeader(HttpHeaders.CONTENT_RANGE) != null) {
            throw Problems.badRequest("A value is put as a whole, without Content-Range.");
        }
        return read(request, MAX_VALUE);
    }

    byte[] json(HttpServletRequest request) throws IOException {
        return read(request, MAX_JSON);
    }

    private byte[] read(HttpServletRequest request, int max) throws IOException {
        long length = request.getContentLengthLong();
        if (length > max) {
            throw Problems.tooLarge(max);
        }
        long began = System.nanoTime();
        InputStream in = request.getInputStream();
        byte[] chunk = new byte[length < 0 ? CHUNK : Math.clamp(length, 1, CHUNK)];
        ByteArrayOutputStream body = new ByteArrayOutputStream(chunk.length);
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            body.write(chunk, 0, count);
            if (body.size() > max) {
                throw Problems.tooLarge(max);
            }
            if (body.size() != length && System.nanoTime() - began > patience.toNanos()) {
                throw Problems.bodyTooSlow();
            }
        }
        return body.toByteArray();
    }
}
