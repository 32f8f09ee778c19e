package io.ringstore.bench;

/** The longest time that passed without an acknowledged write; times are in nanoseconds on one clock. */
final class LongestSilence {

    private long last;
    private long longest;

    /** @param now from when on silence is measured */
    LongestSilence(long now) {
        this.last = now;
    }

    synchronized void acknowledged(long now) {
        longest = Math.max(longest, now - last);
        last = Math.max(last, now);
    }

    /** What it was until now, silence that has not ended included; from now on it is measured anew. */
    synchronized long take(long now) {
        acknowledged(now);
        long taken = longest;
        longest = 0;
        return taken;
    }
}
