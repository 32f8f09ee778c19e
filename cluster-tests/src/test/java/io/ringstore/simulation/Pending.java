package io.ringstore.simulation;

import io.ringstore.ledger.Write;

/**
 * A write that a gateway has been asked for.
 *
 * @param invokedAt microseconds of virtual time
 * @param deadline milliseconds of virtual time
 */
record Pending(Write write, long invokedAt, long deadline) {}
