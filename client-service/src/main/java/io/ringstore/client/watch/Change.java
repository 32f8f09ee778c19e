package io.ringstore.client.watch;

import io.ringstore.api.RecordMessage;

/** What a long poll learns of its key. */
public sealed interface Change {

    /** It was written or deleted. */
    record Changed(RecordMessage record) implements Change {}

    /** Nothing was seen until the wait was over, or this gateway shuts down. */
    record Unchanged() implements Change {}

    /** Too much was written since the key was read: only reading it again can tell. */
    record Unclear() implements Change {}
}
