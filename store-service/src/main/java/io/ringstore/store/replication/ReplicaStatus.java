package io.ringstore.store.replication;

import org.jspecify.annotations.Nullable;

/**
 * What this replica knows of itself.
 *
 * @param primary the node it takes for the primary
 * @param commit index of the replicated log that is known to be committed
 * @param state the applied state, null while there is none
 */
public record ReplicaStatus(
        Role role,
        @Nullable String primary,
        long term,
        long commit,
        @Nullable AppliedState state) {

    static final ReplicaStatus NOT_RUNNING = new ReplicaStatus(Role.UNKNOWN, null, 0, 0, null);

    /** As it stands in {@code /store/status}. */
    public enum Role {
        PRIMARY,
        BACKUP,
        CANDIDATE,
        UNKNOWN
    }

    /**
     * The state after one index of the replicated log.
     *
     * @param hash equal on every replica at the same index (S11)
     * @param compacted revision up to which the past is let go; the same at the same index, too
     * @param historyBytes on this disk
     */
    public record AppliedState(
            long index, long revision, long hash, long storeTime, long compacted, long historyBytes) {}
}
