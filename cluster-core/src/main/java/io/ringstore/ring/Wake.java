package io.ringstore.ring;

import io.ringstore.cluster.NodeId;
import java.util.OptionalLong;

/**
 * Tells a peer that a node lives and since when it has work (ring-protocol.md §4.3).
 *
 * @param oldest its oldest waiting timestamp; empty if it has just joined
 */
public record Wake(NodeId from, long config, OptionalLong oldest, String incarnation) {}
