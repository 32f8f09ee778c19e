package io.ringstore.ring;

/**
 * The timers of ring-protocol.md §12.1, in milliseconds; the relations between them are checked.
 *
 * @param park X: how long an idle token stays at each node
 * @param pass T_send: how long a peer may take to accept the token
 * @param probe T_probe: how long a peer may take to say how it is
 * @param copyHot T_copy while somebody waits
 * @param copyIdle T_copy otherwise; more than {@code park}
 * @param unknown T_unknown: how long a silent peer is believed to be slow rather than dead
 * @param attempt T_attempt: one attempt at the store
 * @param yield T_yield: how long a critical section may wait for the store
 * @param stuck T_stuck: how long a peer may hold the token without moving it
 * @param lost T_lost: how long the token may be out of sight while requests wait
 * @param start T_start: replaces {@code lost} after joining; each position adds a fifth of it
 * @param starve T_starve with no silent peer
 * @param drain T_drain: how long shutting down may take
 */
public record RingTimers(
        long park,
        long pass,
        long probe,
        long copyHot,
        long copyIdle,
        long unknown,
        long attempt,
        long yield,
        long stuck,
        long lost,
        long start,
        long starve,
        long drain) {

    public static final RingTimers DEFAULT =
            new RingTimers(200, 250, 200, 50, 250, 1_000, 500, 2_000, 5_000, 3_500, 500, 2_000, 5_000);

    public RingTimers {
        require(park > 0 && pass > 0 && probe > 0 && copyHot > 0, "timers are positive");
        require(copyIdle > park, "copyIdle must be longer than park, or every idle hop raises an alarm");
        require(yield >= attempt, "yield must leave time for at least one attempt");
        require(stuck > yield + pass, "stuck must be longer than yield plus a pass");
        require(lost > park + yield, "lost must be longer than park plus yield");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
