package io.ringstore.store.history;

import java.io.IOException;

/** What was asked for was let go, perhaps while it was being read. */
public final class LetGoException extends IOException {

    LetGoException(long revision) {
        super("revision " + revision + " is not kept any more");
    }
}
