package io.ringstore.ring;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerCommand.Claim;

/**
 * Everything a ring node can want done. Actions of one step are performed in order, each without waiting for its
 * answer, which comes back as an event.
 */
public sealed interface RingAction {

    /** For questions to peers that belong to no takeover check. */
    long NO_CHECK = 0;

    /** Answers the call that brought an event with this exchange. */
    record Answer(long exchange, PeerReply reply) implements RingAction {}

    /** Answered by {@link RingEvent.PassAnswered} or {@link RingEvent.PassFailed}. */
    record PassToken(NodeId to, Token token) implements RingAction {}

    /** Sent and forgotten. */
    record SendCopy(NodeId to, Token token, NodeId sentTo) implements RingAction {}

    /**
     * Answered by {@link RingEvent.PeerReported} or {@link RingEvent.PeerSilent}.
     *
     * @param check the takeover check it belongs to, or {@link #NO_CHECK}
     */
    record SendWake(long check, NodeId to, Wake wake) implements RingAction {}

    /** As {@link SendWake}, but only asks ({@code GET /actuator/health/ring}). */
    record AskHealth(long check, NodeId peer) implements RingAction {}

    /** Sent and forgotten. */
    record SendBye(NodeId to) implements RingAction {}

    /**
     * Sends a batch to a store node chosen at random for its first attempt, and to the next one for each further
     * attempt; answered by {@link RingEvent.BatchAnswered} or {@link RingEvent.BatchFailed}.
     */
    record SendBatch(Batch batch, int attempt) implements RingAction {}

    /** Answered by {@link RingEvent.ClaimAnswered} or {@link RingEvent.ClaimFailed}. */
    record SendClaim(Claim claim, int attempt) implements RingAction {}

    /** A linearizable read; answered by {@link RingEvent.ViewRead} or {@link RingEvent.ViewReadFailed}. */
    record ReadView(long read) implements RingAction {}

    record AnswerClient(long ticket, WriteOutcome outcome) implements RingAction {}

    /** Fires {@code timer} after this many milliseconds; a jittered one up to 20 % sooner or later. */
    record StartTimer(Timer timer, long millis, boolean jittered) implements RingAction {}

    /** Something worth telling people who watch. */
    record Tell(RingMoment moment) implements RingAction {}

    /** This node has left the ring and answered everybody: the process may exit. */
    record Leave() implements RingAction {}

    /** This node cannot go on; the process exits with this reason. */
    record Halt(String reason) implements RingAction {}
}
