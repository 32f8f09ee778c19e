package io.ringstore.api;

/**
 * How a write came into the log; part of its receipt.
 *
 * @param sync name of the sync node that wrote it
 * @param syncIndex that node's place on the ring
 * @param via store node the batch arrived at first
 */
public record OriginMessage(
        FenceMessage fence, String sync, int syncIndex, long storedAt, String via, String primary, long term) {}
