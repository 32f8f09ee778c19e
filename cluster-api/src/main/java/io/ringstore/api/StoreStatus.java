package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * What a store node says of itself.
 *
 * @param role PRIMARY, BACKUP, CANDIDATE or UNKNOWN
 * @param primary the primary it knows, null if none
 * @param revision greatest revision it has applied
 * @param applied index of the replicated log up to which it has applied
 * @param stateHash of the ledger at {@code applied}, in hexadecimal
 * @param clock its own clock, epoch milliseconds
 */
public record StoreStatus(
        String id,
        String role,
        @Nullable String primary,
        long term,
        long commit,
        long applied,
        long revision,
        String stateHash,
        long storeTime,
        long clock) {}
