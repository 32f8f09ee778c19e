package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened at a sync node, for people who watch; what does not belong to it is null.
 *
 * @param at the node's wall clock, epoch milliseconds
 * @param event stamped, passed, copied, entered, written, left, suspected, claimed or fenced
 * @param to the other node concerned
 * @param size requests in the batch, or of it committed
 * @param store the store node that answered
 */
public record MomentMessage(
        long at,
        String node,
        String event,
        @Nullable Long epoch,
        @Nullable Long hop,
        @Nullable String to,
        @Nullable Integer size,
        @Nullable String store,
        @Nullable String reason) {}
