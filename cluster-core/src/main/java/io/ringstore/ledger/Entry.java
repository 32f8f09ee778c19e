package io.ringstore.ledger;

/** A write with the hybrid logical timestamp under which it waited on the ring (ring-protocol.md §6). */
public record Entry(long timestamp, Write write) {}
