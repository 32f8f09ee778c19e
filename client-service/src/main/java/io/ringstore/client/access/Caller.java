package io.ringstore.client.access;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sent a request, and what it may do.
 *
 * @param principal who it was authenticated as; null where nobody is asked
 * @param prefixes what the keys that it may use begin with
 */
public record Caller(@Nullable String principal, Role role, List<String> prefixes) {

    /** Every key there is. */
    static final List<String> ALL_KEYS = List.of("");

    /** Everybody, at a gateway that asks nobody who he is. */
    public static final Caller ANYBODY = new Caller(null, Role.ADMIN, ALL_KEYS);

    /** @throws NotAllowed if its role is less than this one */
    void requireRole(Role needed) {
        if (!role.covers(needed)) {
            throw new NotAllowed(
                    "%s has the role %s, and this needs %s.".formatted(principal, word(role), word(needed)));
        }
    }

    /**
     * Of a key, or of all keys with a prefix.
     *
     * @throws NotAllowed if it may not use them
     */
    public void requireKeys(String keyOrPrefix) {
        for (String prefix : prefixes) {
            if (keyOrPrefix.startsWith(prefix)) {
                return;
            }
        }
        throw new NotAllowed(
                "The token of %s is for keys that begin with %s.".formatted(principal, String.join(" or ", prefixes)));
    }

    /**
     * Of everything that is stored.
     *
     * @throws NotAllowed if there are keys that it may not use
     */
    public void requireAllKeys() {
        requireKeys("");
    }

    /** The principal whose requests it may look up; null for those of everybody. */
    public @Nullable String requestsOf() {
        return role == Role.ADMIN ? null : principal;
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
