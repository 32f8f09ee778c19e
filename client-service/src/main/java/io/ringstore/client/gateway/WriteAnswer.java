package io.ringstore.client.gateway;

import io.ringstore.api.WriteResult;
import org.jspecify.annotations.Nullable;

/**
 * How a write ended for the caller, after all attempts (rule R10).
 *
 * @param node the sync node that had the last word; null if none was asked
 */
public record WriteAnswer(WriteResult result, @Nullable String node, Times times) {

    /**
     * Where the time went, in microseconds.
     *
     * @param queue waited in the gateway
     * @param ring spent at sync nodes, all attempts together, without the store's part
     * @param store from the batch that decided the write leaving its sync node to the answer
     */
    public record Times(long queue, long ring, long store) {}
}
