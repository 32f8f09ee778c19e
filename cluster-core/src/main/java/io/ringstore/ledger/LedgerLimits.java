package io.ringstore.ledger;

import java.time.Duration;

/**
 * Bounds of the exactly-once table; the same on every replica, because {@code apply} depends on them.
 *
 * @param window how long a request id is remembered at least (W of §8.4)
 * @param maxRequestIds how many are remembered at most (Dmax); beyond it the ledger refuses rather than forgets
 */
public record LedgerLimits(Duration window, int maxRequestIds) {

    public static final LedgerLimits DEFAULT = new LedgerLimits(Duration.ofMinutes(5), 4_000_000);
}
