package io.ringstore.client.web;

import io.ringstore.client.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Keys as they stand in a path: everything after {@code /v1/kv/}, percent-decoded, slashes and dots included. */
final class Keys {

    private static final int MAX_BYTES = 1 << 10;

    private Keys() {}

    /** The key of a request, or a 400 that says what is wrong with it, or a 403 if it is not one for the caller. */
    static String of(HttpServletRequest request, Caller caller) {
        String key = require(lastPart(request));
        caller.requireKeys(key);
        return key;
    }

    /** What stands after the second part of the path, such as after {@code /v1/kv/}; empty if nothing does. */
    static String lastPart(HttpServletRequest request) {
        String path = request.getRequestURI();
        int start = path.indexOf('/', path.indexOf('/', 1) + 1) + 1;
        return start == 0 ? "" : decode(path.substring(start));
    }

    static String require(String key) {
        if (key.isEmpty()) {
            throw Problems.badRequest("A key has at least one character.");
        }
        if (key.indexOf(0) >= 0) {
            throw Problems.badRequest("A key has no NUL character.");
        }
        if (utf8("A key", key).length > MAX_BYTES) {
            throw Problems.badRequest("A key has at most " + MAX_BYTES + " bytes.");
        }
        return key;
    }

    /** What keys may begin with; a longer one would be no prefix of any key. And all those must be for the caller. */
    static void requirePrefix(String prefix, Caller caller) {
        if (!prefix.isEmpty()) {
            require(prefix);
        }
        caller.requireKeys(prefix);
    }

    /** A text in UTF-8; half of a surrogate pair, which JSON can carry, is not text. */
    static byte[] utf8(String what, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!text.equals(new String(bytes, StandardCharsets.UTF_8))) {
            throw Problems.badRequest(what + " is UTF-8 text; this one has half of a surrogate pair.");
        }
        return bytes;
    }

    private static String decode(String encoded) {
        try {
            byte[] bytes = UriUtils.decode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException broken) {
            throw Problems.badRequest("A path is UTF-8, percent-encoded.");
        }
    }
}
