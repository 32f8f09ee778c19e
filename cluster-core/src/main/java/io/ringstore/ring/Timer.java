package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;

/** A wish to be woken later; each names what it belongs to, so that one that comes too late changes nothing. */
public sealed interface Timer {

    /** The token has been parked for X. */
    record ParkOver(Fence fence) implements Timer {}

    /** The peer did not answer within T_send. */
    record PassOverdue(Fence fence) implements Timer {}

    /** One attempt at the store took longer than T_attempt. */
    record AttemptOverdue(Fence fence, int attempt) implements Timer {}

    /** Try the store again after an attempt that failed. */
    record AttemptDue(Fence fence, int attempt) implements Timer {}

    /** The critical section has lasted T_yield. */
    record YieldDue(Fence fence) implements Timer {}

    /** Nothing newer than this copy was sighted within T_copy. */
    record CopyOverdue(Fence fence) implements Timer {}

    /** Time to look whether the token has been out of sight for too long; only the latest one counts. */
    record LookOut(long number) implements Timer {}

    /** The peers and the store had T_probe to answer this takeover check. */
    record CheckOverdue(long check) implements Timer {}

    /** Ask all over again. */
    record Recheck(long check) implements Timer {}

    /** Repeat a claim that was not answered (rule R8). */
    record ClaimRetry(String claimId, int attempt) implements Timer {}

    /** Ask the store for its fence again: while joining, while blocked, or when the configuration is out of date. */
    record ReadRetry(long read) implements Timer {}

    /** Look for requests whose deadline has passed. */
    record SweepDue() implements Timer {}

    /** Look after a peer that is down. */
    record ProbeDue(NodeId peer) implements Timer {}

    /** Shutting down has taken T_drain. */
    record DrainOver() implements Timer {}
}
