package io.ringstore.store.replication;

import java.util.Map;

/**
 * What replicas compare.
 *
 * @param peer who says this
 * @param revision greatest one applied
 * @param clock of that node, epoch milliseconds
 * @param hashes of the state after some applied indexes
 * @param membership as far as its log goes
 * @param fit whether it should lead, as far as it knows itself
 */
public record ReplicaDigest(
        String peer, long revision, long clock, Map<Long, Long> hashes, Membership membership, boolean fit) {}
