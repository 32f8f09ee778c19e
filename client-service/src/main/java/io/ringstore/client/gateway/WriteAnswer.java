package io.ringstore.client.gateway;

import io.ringstore.api.WriteResult;

/**
 * How a write ended for the caller, after all attempts (rule R10).
 *
 * @param queueMillis waited in the gateway before the last attempt
 * @param ringMillis spent in sync nodes, all attempts together
 */
public record WriteAnswer(WriteResult result, int attempts, long queueMillis, long ringMillis) {}
