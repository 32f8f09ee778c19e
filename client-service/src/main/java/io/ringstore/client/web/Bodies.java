package io.ringstore.client.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/** Reads bodies as they are, never more than they may have. */
final class Bodies {

    static final int MAX_VALUE = 256 << 10;

    /** Twice what a batch of the ring may have: JSON says the same in more bytes. */
    static final int MAX_JSON = 2 << 20;

    private Bodies() {}

    /** A value, byte for byte. */
    static byte[] value(HttpServletRequest request) throws IOException {
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

    static byte[] json(HttpServletRequest request) throws IOException {
        return read(request, MAX_JSON);
    }

    private static byte[] read(HttpServletRequest request, int max) throws IOException {
        if (request.getContentLengthLong() > max) {
            throw Problems.tooLarge(max);
        }
        byte[] body = request.getInputStream().readNBytes(max + 1);
        if (body.length > max) {
            throw Problems.tooLarge(max);
        }
        return body;
    }
}
