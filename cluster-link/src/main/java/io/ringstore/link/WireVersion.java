package io.ringstore.link;

import org.jspecify.annotations.Nullable;

/**
 * Which rules a call between nodes follows. What is only added needs no other version: nobody minds fields that he does not
 * know. A caller that says nothing is of the first one.
 */
final class WireVersion {

    static final String HEADER = "Ringstore-Wire";

    /** The one that this build speaks, and the only one that it understands. */
    static final String SPOKEN = "1";

    private WireVersion() {}

    static boolean isUnderstood(@Nullable String version) {
        return version == null || version.equals(SPOKEN);
    }
}
