package io.ringstore.api;

import java.util.List;

/**
 * What every answer of the store tells about the ring.
 *
 * @param fence epoch, and hop of its last accepted batch
 * @param cfg id of the installed configuration, 0 if there is none
 * @param nodes the sync nodes in ring order; empty if none are installed
 * @param storeTime epoch milliseconds, never goes back
 */
public record StoreViewMessage(FenceMessage fence, long cfg, List<String> nodes, long storeTime) {}
