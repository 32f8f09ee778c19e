package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.RingConfig;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Everything a ledger knows at one moment; taking one copies next to nothing, so writing goes on meanwhile.
 *
 * @param owner id of the claim that opened the current epoch, null if a reconfiguration did
 * @param compacted the revision up to which the past was let go
 * @param keys the newest record of each key: of live ones, then of deleted ones whose deletion is not let go yet, in the
 *     order of their revisions
 * @param requestIds what is remembered for exactly-once (§8.4)
 */
public record LedgerSnapshot(
        Fence fence,
        @Nullable String owner,
        RingConfig config,
        long storeTime,
        long lastRevision,
        long compacted,
        long stateHash,
        Collection<LogRecord> keys,
        RememberedRequests requestIds) {}
