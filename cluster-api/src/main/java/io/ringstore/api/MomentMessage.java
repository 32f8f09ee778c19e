package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened at a sync node, for people who watch.
 *
 * @param number grows by one at each node; a restart begins anew
 * @param at the node's wall clock, epoch milliseconds
 * @param event stamped, passed, copied, parked, entered, written, left, skipped, suspected, claimed, …
 * @param peer the other node concerned, where there is one
 */
public record MomentMessage(
        long number,
        long at,
        String node,
        String event,
        @Nullable FenceMessage fence,
        @Nullable String peer,
        @Nullable String detail) {}
