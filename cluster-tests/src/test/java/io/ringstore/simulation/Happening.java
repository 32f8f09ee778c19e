package io.ringstore.simulation;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.Write;
import io.ringstore.ring.NodeReport;

/** What the claims are judged on, in the order in which it happened. */
sealed interface Happening {

    /** A client begins to ask for a write. */
    record Asked(Write write) implements Happening {}

    /** A client sends an attempt; until it is answered, it may be applied at any time. */
    record AttemptBegan(String requestId) implements Happening {}

    /** A client was told that this attempt was not applied and never will be. */
    record AttemptRefused(String requestId) implements Happening {}

    /** A node told a client that its write stands at this revision. */
    record Acknowledged(String requestId, long revision) implements Happening {}

    /** A node has a token in its hands; {@code waiting} is whether the token says now that requests wait there. */
    record Held(NodeId node, Fence fence, boolean waiting) implements Happening {}

    /** A node entered its critical section. */
    record Entered(NodeId node, Fence fence) implements Happening {}

    /** A node was passed over. */
    record Skipped(NodeId peer) implements Happening {}

    /** A node could not reach the store. */
    record Blocked(NodeId node) implements Happening {}

    /** A request has arrived at a node. */
    record Queued(NodeId node, long ticket) implements Happening {}

    /** It waits there no more: it is answered, or its client or its node is gone. */
    record Answered(long ticket) implements Happening {}

    /** A node took a token that a peer handed over; {@code life} is one start of that node. */
    record Accepted(NodeId node, String life, Fence fence) implements Happening {}

    /** A node made the first token of an epoch. */
    record Minted(NodeId node, Fence fence) implements Happening {}

    /** A node sent a claim to the store, or sent it again. */
    record ClaimSent(NodeId node, String life, String claimId) implements Happening {}

    /** The store's answer to a claim has come. */
    record ClaimAnswered(String life, String claimId) implements Happening {}

    /** A node sent a batch to the store. */
    record Sent(Batch batch) implements Happening {}

    /** A node has made a step; this is what it says of itself. */
    record Stepped(NodeId node, String life, NodeReport report) implements Happening {}

    /** The store has applied a command. */
    record Applied(LedgerCommand command, LedgerResult result) implements Happening {}

    /** Two replicas have applied the same commands. */
    record Compared(String replica, long hash, long hashOfOthers) implements Happening {}
}
