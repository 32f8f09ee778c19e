package io.ringstore.ledger;

/** One accepted write at its place in the total order; revisions start at 1 and have no gaps. */
public record LogRecord(long revision, Entry entry, Origin origin) {}
