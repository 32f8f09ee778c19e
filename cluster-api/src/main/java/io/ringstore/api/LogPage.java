package io.ringstore.api;

import java.util.List;

/**
 * A stretch of the log.
 *
 * @param last the greatest revision in the log when it was read
 */
public record LogPage(long from, long last, List<RecordMessage> records) {}
