package io.ringstore.client.watch;

import io.ringstore.api.RecordMessage;

/** Writes a record as the public API shows it: one line of JSON. */
@FunctionalInterface
public interface RecordEncoder {

    byte[] encode(RecordMessage record);
}
