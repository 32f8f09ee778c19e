package io.ringstore.client.web;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;

/** Waits until something is not done any more. */
final class Quiet {

    private final IntSupplier count;
    private int last = -1;

    private Quiet(IntSupplier count) {
        this.count = count;
    }

    /** Returns once the count has stood still for two seconds. */
    static void await(IntSupplier count) {
        Quiet quiet = new Quiet(count);
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .during(Duration.ofSeconds(2))
                .until(quiet::standsStill);
    }

    private boolean standsStill() {
        int before = last;
        last = count.getAsInt();
        return before == last;
    }
}
