package io.ringstore.client.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads raw values, never more than a value may have. */
final class Bodies {

    static final int MAX_VALUE = 256 << 10;

    private Bodies() {}

    static byte[] value(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > MAX_VALUE) {
            throw Problems.tooLarge(MAX_VALUE);
        }
        byte[] value = request.getInputStream().readNBytes(MAX_VALUE + 1);
        if (value.length > MAX_VALUE) {
            throw Problems.tooLarge(MAX_VALUE);
        }
        return value;
    }
}
