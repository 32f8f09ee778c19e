package io.ringstore.ledger;

import java.time.Duration;

/**
 * Bounds of the exactly-once table; the same on every replica, because {@code apply} depends on them.
 *
 * @param window how long a request id is remembered at least (W of §8.4)
 * @param futureTolerance how far ahead of store time a request id may claim to be made
 * @param requestIds how many are remembered whatever the keys weigh
 * @param maxRequestIds how many are remembered at most (Dmax), if the keys leave room ({@link Stamp#room}); beyond it the
 *     ledger refuses rather than forgets
 * @param maxOutcomeBytes how much may be remembered of what transactions read and did; likewise
 */
public record LedgerLimits(
        Duration window, Duration futureTolerance, int requestIds, int maxRequestIds, long maxOutcomeBytes) {

    /**
     * A million ids take about 75 MB of a store node's heap, and last for 3,300 writes a second without pause; four
     * million for 13,300.
     */
    public static final LedgerLimits DEFAULT =
            new LedgerLimits(Duration.ofMinutes(5), Duration.ofMinutes(1), 1_000_000, 4_000_000, 32 << 20);

    public LedgerLimits {
        boolean some = requestIds >= 1 && requestIds <= maxRequestIds && maxRequestIds <= RequestIndex.MOST;
        if (window.isNegative() || window.isZero() || !some || maxOutcomeBytes < Txn.MAX_READ) {
            throw new IllegalArgumentException(
                    "request ids must be remembered for some time, and some of them, at most " + RequestIndex.MOST);
        }
    }
}
