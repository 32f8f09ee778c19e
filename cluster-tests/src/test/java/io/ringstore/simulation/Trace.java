package io.ringstore.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** What happened, line by line: the last lines to read, all of them in one hash to compare runs. */
final class Trace {

    private static final int KEPT = Integer.getInteger("lines", 60);

    private final boolean on;
    private final Deque<String> last = new ArrayDeque<>(KEPT);
    private long hash = 17;

    private Trace(boolean on) {
        this.on = on;
    }

    /** For runs of which nobody will read anything. */
    static Trace off() {
        return new Trace(false);
    }

    static Trace on() {
        return new Trace(true);
    }

    void line(long micros, Supplier<String> text) {
        if (on) {
            String line = "%10.3f  %s".formatted(micros / 1_000.0, text.get());
            hash = hash * 31 + line.hashCode();
            if (last.size() == KEPT) {
                last.remove();
            }
            last.add(line);
        }
    }

    long hash() {
        return hash;
    }

    @Override
    public String toString() {
        return String.join("\n", last);
    }
}
