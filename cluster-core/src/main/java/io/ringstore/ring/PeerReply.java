package io.ringstore.ring;

import io.ringstore.cluster.Fence;

/** What a node answers to a peer, at once (ring-protocol.md §4). */
public sealed interface PeerReply {

    /** How a token or a copy was received. */
    sealed interface TokenReply extends PeerReply {}

    /** 200 or 204: taken. */
    record Taken(Fence seen) implements TokenReply {}

    /** 409: something at least as new was seen before (rule R6). */
    record Stale(Fence seen) implements TokenReply {}

    /** 409: sender and receiver believe in different configurations. */
    record OtherConfig(long config) implements TokenReply {}

    /** 421: the hop names another node (rule R1). */
    record NotYours() implements TokenReply {}

    /** 400: wrong cluster or wrong number of slots. */
    record Malformed(String why) implements TokenReply {}

    /** 503: joining or leaving. */
    record NotReady() implements TokenReply {}

    /** The answer to a wake or to a question for health. */
    record Report(NodeReport report) implements PeerReply {}
}
