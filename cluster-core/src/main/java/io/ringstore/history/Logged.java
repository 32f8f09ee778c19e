package io.ringstore.history;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;

/** One put as a replica's log has it. */
public record Logged(long revision, String requestId, String key, String value, Fence fence, NodeId node) {}
