package io.ringstore.client.watch;

import io.ringstore.api.NodeState;
import io.ringstore.client.node.Answered;
import java.util.List;
import java.util.Optional;

/** Knows how the cluster is. */
@FunctionalInterface
public interface StateSource {

    /** Begins to look. */
    Samples begin();

    /** Used by one thread. */
    @FunctionalInterface
    interface Samples {

        /**
         * A sample, to become JSON; nothing if it would say the same as the one before, not long ago.
         *
         * @param syncs what the sync nodes said last
         */
        Optional<Object> next(List<Answered<NodeState>> syncs);
    }
}
