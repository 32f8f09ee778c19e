package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * A node has work, or has just joined (§4.3).
 *
 * @param oldest its oldest waiting timestamp, null if it has just joined
 */
public record WakeMessage(
        String cluster, String from, long cfg, @Nullable Long oldest, String incarnation) {}
