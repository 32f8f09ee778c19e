package io.ringstore.client.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Keys as they stand in a path: everything after the prefix, percent-decoded, slashes included. */
final class Keys {

    private static final int MAX_BYTES = 1 << 10;

    private Keys() {}

    /** The key of a request, or a 400 that says what is wrong with it. */
    static String of(HttpServletRequest request, String prefix) {
        String path = request.getRequestURI();
        int start = path.indexOf(prefix) + prefix.length();
        return require(decode(path.substring(start)));
    }

    static String require(String key) {
        if (key.isEmpty()) {
            throw Problems.badRequest("A key has at least one character.");
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw Problems.badRequest("A key has at most " + MAX_BYTES + " bytes.");
        }
        return key;
    }

    private static String decode(String encoded) {
        try {
            byte[] bytes = UriUtils.decode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException broken) {
            throw Problems.badRequest("A key is UTF-8, percent-encoded.");
        }
    }
}
