package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;

/**
 * How a batch came into the log: under which fence, from which sync node, through which store nodes.
 *
 * @param storedAt store time when it was applied, epoch milliseconds
 */
public record Origin(Fence fence, NodeId node, long storedAt, NodeId via, NodeId primary, long term) {}
