package io.ringstore.simulation;

import java.util.ArrayList;
import java.util.List;

/** All that must hold in every run (S1 to S13 of docs/INVARIANTS.md). */
final class Claims {

    private final List<Invariant> invariants = new ArrayList<>(List.of(
            new FenceGrows(),
            new CurrentEpoch(),
            new OneHolderPerFence(),
            new ExactlyOnce(),
            new AcknowledgedIsDurable(),
            new HonestRefusal(),
            new RealTimeOrder(),
            new OneTokenPerEpoch(),
            new OnlyForward(),
            new Exclusion(),
            new SameState(),
            new NoPhantom(),
            new AllOrNothing()));

    /** From now on this must hold too. */
    void add(Invariant invariant) {
        invariants.add(invariant);
    }

    void check(Happening happening) {
        for (Invariant invariant : invariants) {
            invariant.check(happening);
        }
    }
}
