package io.ringstore.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a key holds: raw bytes and the media type they came with.
 *
 * <p>The bytes are shared, not copied; nobody may change them after construction.
 */
public record Value(byte[] bytes, @Nullable String contentType) {

    public int size() {
        return bytes.length;
    }

    /** How much of a byte bound it takes. */
    int weight() {
        return bytes.length + (contentType == null ? 0 : utf8Length(contentType));
    }

    /** How many bytes a text has in UTF-8. */
    static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Value(var otherBytes, var otherType)
                && Arrays.equals(bytes, otherBytes)
                && Objects.equals(contentType, otherType);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return size() + " bytes of " + contentType;
    }
}
