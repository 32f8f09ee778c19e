package io.ringstore.client.watch;

import java.util.function.Supplier;

/** Knows how the cluster is. */
@FunctionalInterface
public interface StateSource {

    /** Begins to look; what it returns gives one sample each time, to become JSON, and is used by one thread. */
    Supplier<Object> begin();
}
