package io.ringstore.client.watch;

/** As many wait here already as may. */
public final class TooManyWatchers extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyWatchers(String message) {
        super(message);
    }
}
