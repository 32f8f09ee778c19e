package io.ringstore.bench;

import java.util.Objects;

/**
 * What clients of a Ringstore show its gateway.
 *
 * @param text empty if the gateway asks nobody who he is
 */
record ApiToken(String text) {

    static final ApiToken NONE = new ApiToken("");

    /** That of the launcher's {@code RINGSTORE_TOKEN}; in no argument, because everybody sees those. */
    static ApiToken ofTheEnvironment() {
        return new ApiToken(Objects.requireNonNullElse(System.getenv("RINGSTORE_TOKEN"), ""));
    }

    boolean isGiven() {
        return !text.isEmpty();
    }

    String header() {
        return "Bearer " + text;
    }

    /** As a line of a request, or nothing. */
    String line() {
        return isGiven() ? "Authorization: " + header() + "\r\n" : "";
    }

    /** Without the token, which must not get into a log. */
    @Override
    public String toString() {
        return isGiven() ? "ApiToken[given]" : "ApiToken[none]";
    }
}
