package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;

/**
 * How a batch came into the log: under which fence, from which sync node, through which store nodes.
 *
 * @param position of that node on the ring at the time, counted from 0
 * @param storedAt store time when it was applied, epoch milliseconds
 */
public record Origin(Fence fence, NodeId node, int position, long storedAt, NodeId via, NodeId primary, long term) {}
