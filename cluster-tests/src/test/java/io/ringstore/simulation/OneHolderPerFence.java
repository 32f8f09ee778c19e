package io.ringstore.simulation;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.simulation.Happening.Accepted;
import io.ringstore.simulation.Happening.Held;
import io.ringstore.simulation.Happening.Sent;
import java.util.HashMap;
import java.util.Map;

/** S3: no two nodes ever hold or use the same fence. */
final class OneHolderPerFence implements Invariant {

    private final Map<Fence, NodeId> holders = new HashMap<>();

    @Override
    public void check(Happening happening) {
        if (happening instanceof Accepted(NodeId node, var _, Fence fence)) {
            holds(node, fence);
        } else if (happening instanceof Held(NodeId node, Fence fence, var _)) {
            holds(node, fence);
        } else if (happening instanceof Sent(var batch)) {
            holds(batch.node(), batch.fence());
        }
    }

    private void holds(NodeId node, Fence fence) {
        NodeId first = holders.putIfAbsent(fence, node);
        require(first == null || first.equals(node), () -> "%s is held by %s and by %s".formatted(fence, first, node));
    }
}
