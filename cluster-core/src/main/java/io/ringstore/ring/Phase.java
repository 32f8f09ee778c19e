package io.ringstore.ring;

import io.ringstore.cluster.NodeId;

/** Where this node stands relative to the token. */
sealed interface Phase {

    record Joining() implements Phase {}

    record WithoutToken() implements Phase {}

    /**
     * The token is on its way to a peer that has not answered yet.
     *
     * @param held the token as it was here, with the slots of skipped nodes emptied
     * @param sent the same as it was sent, {@code steps} hops on
     */
    record Passing(Token held, Token sent, int steps, NodeId to) implements Phase {}

    record Parked(Token token) implements Phase {}

    record InCriticalSection(CriticalSection section) implements Phase {}

    default NodePhase asReported() {
        return switch (this) {
            case Joining() -> NodePhase.JOINING;
            case WithoutToken() -> NodePhase.IDLE;
            case Passing passing -> NodePhase.HOLDING;
            case Parked parked -> NodePhase.PARKED;
            case InCriticalSection critical -> NodePhase.CRITICAL;
        };
    }
}
