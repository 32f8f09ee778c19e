package io.ringstore.api;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a read of one key.
 *
 * @param record the put that last wrote it; null if the key does not exist
 * @param applied the revision up to which the answering node had applied the log
 * @param lag how many revisions it knew to be behind, 0 for a linearizable read
 */
public record KeyRead(@Nullable RecordMessage record, long applied, long lag) {}
