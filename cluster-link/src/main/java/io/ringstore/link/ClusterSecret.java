package io.ringstore.link;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What nodes prove to each other that they belong to the same cluster (ring-protocol.md §10.1). */
public final class ClusterSecret {

    public static final String HEADER = "Ringstore-Secret";

    private final String text;
    private final byte[] bytes;

    public ClusterSecret(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    String text() {
        return text;
    }

    boolean isIn(HttpServletRequest request) {
        return matches(request.getHeader(HEADER));
    }

    /** Compares in a time that does not depend on how much of the secret was guessed right. */
    boolean matches(@Nullable String presented) {
        return presented != null && MessageDigest.isEqual(bytes, presented.getBytes(StandardCharsets.UTF_8));
    }
}
