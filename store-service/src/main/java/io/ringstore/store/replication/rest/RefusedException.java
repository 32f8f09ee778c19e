package io.ringstore.store.replication.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A message was refused without effect (P10); {@code status} is the HTTP status that says why. */
final class RefusedException extends IOException {

    private static final int TEXT_MAX = 200;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    static String text(byte[] body) {
        return new String(body, 0, Math.min(body.length, TEXT_MAX), StandardCharsets.UTF_8);
    }
}
