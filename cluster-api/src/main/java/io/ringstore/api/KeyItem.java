package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * One key of a listing.
 *
 * @param size bytes of its value
 * @param value null if not asked for
 */
public record KeyItem(
        String key, long revision, int size, @Nullable String contentType, byte @Nullable [] value) {}
