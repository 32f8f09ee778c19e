/**
 * The whole protocol in one thread, in virtual time, from one seed: the real ring nodes and the real ledger, with
 * everything between them played by {@link io.ringstore.simulation.Simulation} and hurt as the seed says.
 *
 * <p>Every claim of {@code docs/INVARIANTS.md} is a class here that looks at every happening.
 */
@NullMarked
package io.ringstore.simulation;

import org.jspecify.annotations.NullMarked;
