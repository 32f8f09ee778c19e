package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.StoreView;
import io.ringstore.ledger.Write;
import java.util.List;

/** Everything that can happen to a ring node. */
public sealed interface RingEvent {

    record Started() implements RingEvent {}

    record StopRequested() implements RingEvent {}

    /**
     * A peer hands over the token (§4.1).
     *
     * @param exchange names the call, so that {@link RingAction.Answer} can answer it
     */
    record TokenArrived(long exchange, NodeId from, Token token) implements RingEvent {}

    /** A peer sends a copy of the token it hands to {@code sentTo} (§4.2). */
    record CopyArrived(long exchange, NodeId from, Token token, NodeId sentTo) implements RingEvent {}

    /** A peer has work, or has just joined (§4.3). */
    record WakeArrived(long exchange, Wake wake) implements RingEvent {}

    /** A peer shuts down (§4.4). */
    record ByeArrived(NodeId from) implements RingEvent {}

    /** Somebody asks for this node's health or state (§4.5). */
    record ReportAsked(long exchange) implements RingEvent {}

    /** A peer answered to the token of this fence. */
    record PassAnswered(Fence fence, NodeId peer, PeerReply.TokenReply reply) implements RingEvent {}

    /** The token of this fence could not be delivered, or nobody knows whether it was. */
    record PassFailed(Fence fence, NodeId peer) implements RingEvent {}

    /** A peer answered to a wake or a question for health; {@code check} as in the action. */
    record PeerReported(long check, NodeId peer, NodeReport report) implements RingEvent {}

    /** A peer did not. */
    record PeerSilent(long check, NodeId peer, Silence silence) implements RingEvent {}

    /** The store answered to the batch of this fence. */
    record BatchAnswered(Fence fence, LedgerResult.BatchApplied result) implements RingEvent {}

    /**
     * An attempt to write the batch of this fence failed.
     *
     * @param certainlyNotApplied whether this attempt cannot have reached the log and never will
     */
    record BatchFailed(Fence fence, int attempt, boolean certainlyNotApplied) implements RingEvent {}

    record ClaimAnswered(String claimId, LedgerResult result) implements RingEvent {}

    record ClaimFailed(String claimId, int attempt) implements RingEvent {}

    record ViewRead(long read, StoreView view) implements RingEvent {}

    record ViewReadFailed(long read) implements RingEvent {}

    /** Clients want to write; those who come together go into one batch together. */
    record WritesRequested(List<Request> requests) implements RingEvent {
        public WritesRequested {
            requests = List.copyOf(requests);
        }
    }

    /**
     * One attempt of a client.
     *
     * @param ticket names this attempt; the same request id may wait twice
     * @param patienceMillis how long the client is ready to wait
     */
    record Request(long ticket, Write write, long patienceMillis) {}

    /** The client does not wait any more. */
    record ClientGone(long ticket) implements RingEvent {}

    record TimerFired(Timer timer) implements RingEvent {}

    /** How a peer kept silent. */
    enum Silence {
        /** The connection was refused: no process is there. */
        REFUSED,
        /** No answer came in time, or one that makes no sense. */
        NO_ANSWER
    }
}
