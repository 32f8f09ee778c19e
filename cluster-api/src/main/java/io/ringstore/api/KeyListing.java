package io.ringstore.api;

import java.util.List;

/**
 * Keys in order.
 *
 * @param revision the state the listing was read from
 * @param more whether further keys follow
 */
public record KeyListing(long revision, List<RecordMessage> items, boolean more) {}
