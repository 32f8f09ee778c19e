package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.RingConfig;

/**
 * What every answer of the store tells about the ring; a sighting for the asker (rule R6).
 *
 * @param fence the epoch and the hop of its last accepted batch
 * @param storeTime epoch milliseconds, never goes back (§8.5)
 */
public record StoreView(Fence fence, RingConfig config, long storeTime) {}
