package io.ringstore.client.watch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The form of server-sent events. */
final class Events {

    /** Says nothing, but that somebody is there. */
    static final byte[] HEARTBEAT = ascii(": heartbeat\n\n");

    private Events() {}

    /** The line that gives the event after it an id. */
    static byte[] id(long id) {
        return ascii("id: " + id + "\n");
    }

    /** @param json one line */
    static byte[] withoutId(String event, byte[] json) {
        return event(ascii("event: " + event + "\ndata: "), json);
    }

    /** Everything up to this revision was sent, whatever of it the watcher had asked for. */
    static byte[] progress(long revision) {
        return ascii("id: " + revision + "\nevent: progress\ndata: {\"revision\":" + revision + "}\n\n");
    }

    private static byte[] event(byte[] head, byte[] json) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + json.length + 2);
        all.writeBytes(head);
        all.writeBytes(json);
        all.write('\n');
        all.write('\n');
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
