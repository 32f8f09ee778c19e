package io.ringstore.client.watch;

import java.nio.charset.StandardCharsets;

/** Why a stream ends that its client has not ended; told in an event {@code end}, a problem document. */
enum Ending {
    TOO_SLOW(
            "too-slow",
            "Too slow",
            "This client takes what happens more slowly than it may. Resume with Last-Event-ID, and read faster."),
    COMPACTED("compacted", "Compacted", "What comes next was let go. List again, and watch from there."),
    STORE_UNAVAILABLE(
            "store-unavailable", "Store unavailable", "No store node answered in time. Resume with Last-Event-ID."),
    SHUTTING_DOWN("shutting-down", "Shutting down", "This gateway shuts down. Resume with Last-Event-ID, elsewhere.");

    private final String type;
    private final byte[] event;

    Ending(String type, String title, String detail) {
        this.type = type;
        this.event = """
                event: end
                data: {"type":"https://ringstore.io/problems/%s","title":"%s","detail":"%s"}

                """.formatted(type, title, detail).getBytes(StandardCharsets.US_ASCII);
    }

    /** As it is said to the client; without an id, so that the place to resume from stays. */
    byte[] event() {
        return event;
    }

    /** As meters and logs say it. */
    String word() {
        return type;
    }
}
