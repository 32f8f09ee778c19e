package io.ringstore.client.watch;

import io.ringstore.api.RecordMessage;
import org.jspecify.annotations.Nullable;

/** A record, and the event that tells of it, made once for all who want it. */
final class Recent {

    /** What a record takes in the heap beside its key and value. */
    private static final long OVERHEAD = 500;

    private final RecordMessage record;
    private volatile byte @Nullable [] event;

    Recent(RecordMessage record) {
        this.record = record;
    }

    RecordMessage record() {
        return record;
    }

    /** Its event; made by whoever comes first, and not under any lock. */
    byte[] event(RecordEncoder encoder) {
        byte[] made = event;
        if (made == null) {
            made = Events.withId(record.revision(), record.op(), encoder.encode(record));
            event = made;
        }
        return made;
    }

    /** Roughly what it takes in the heap, the event included. */
    long weight() {
        byte[] value = record.value();
        return OVERHEAD + 4L * record.key().length() + (value == null ? 0 : 3L * value.length);
    }
}
