/** The store's state machine: a command in, a result out; pure, deterministic, the same on every replica. */
@NullMarked
package io.ringstore.ledger;

import org.jspecify.annotations.NullMarked;
