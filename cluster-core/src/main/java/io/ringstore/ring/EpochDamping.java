package io.ringstore.ring;

/** Slows down a node whose epochs do not last, so that two nodes cannot take the ring from each other for ever (§5.6). */
final class EpochDamping {

    private static final long LASTING_MILLIS = 5_000;
    private static final long WAIT_MIN_MILLIS = 500;
    private static final long WAIT_MAX_MILLIS = 10_000;

    private boolean opened;
    private long openedAt;
    private long wait;

    void opened(long now) {
        opened = true;
        openedAt = now;
    }

    /** How long to wait before the next claim, in milliseconds; 0 if it may be made at once. */
    long waitBefore(long now) {
        if (!opened) {
            return 0;
        }
        if (now - openedAt >= LASTING_MILLIS + wait) {
            wait = 0;
            return 0;
        }
        wait = Math.min(WAIT_MAX_MILLIS, Math.max(WAIT_MIN_MILLIS, 2 * wait));
        opened = false;
        return wait;
    }
}
