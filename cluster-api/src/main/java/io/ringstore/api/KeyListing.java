package io.ringstore.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys in order, all of them as they were at one revision.
 *
 * @param next the key after which the next page starts; null if this is the last one
 * @param lag how many revisions the answering node knew to be behind
 */
public record KeyListing(
        long revision, List<KeyItem> items, @Nullable String next, long lag) {}
